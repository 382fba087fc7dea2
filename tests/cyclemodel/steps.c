/* SPDX-License-Identifier: MIT */
/*
 * Stores to a step counter as the runtime makes them. On both cores a store and each SMLAD of a chain take one cycle
 * and do not pair, so a step of N multiplications takes N + 1. Step 0 comes twice, step 2 never.
 */
#include <stdint.h>

volatile uint32_t cyc_marker[520] __attribute__((aligned(8), section(".noinit")));
volatile uint32_t step_counter __attribute__((section(".noinit")));

#define WORK(n) ".rept " #n "\n\tsmlad r0, r1, r1, r0\n\t.endr\n\t"

#define INVOKE(first, second)                                                                                          \
    __asm volatile(".balign 8\n\t"                                                                                     \
                   "str.w r0, [%[marker]]\n\t"                                                                         \
                   "str.w %[zero], [%[step]]\n\t" WORK(first) "str.w %[one], [%[step]]\n\t" WORK(                      \
                       second) "str.w %[zero], [%[step]]\n\t" WORK(first) "str.w %[three], [%[step]]\n\t"              \
                                                                          "str.w r0, [%[marker], #4]\n\t"              \
                   :                                                                                                   \
                   : [marker] "r"(cyc_marker), [step] "r"(&step_counter), [zero] "r"(0), [one] "r"(1), [three] "r"(3)  \
                   : "r0", "memory")

int main(void)
{
    step_counter = 7;
    INVOKE(10, 20);
    step_counter = 7;
    INVOKE(100, 200);
    cyc_marker[0] = 0; /* an invocation that never ends */
    step_counter = 0;
    step_counter = 1;
    return 0;
}
