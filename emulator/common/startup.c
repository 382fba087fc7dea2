/* SPDX-License-Identifier: MIT */
/* From reset to main on a Cortex-M4 or M7 whose memories the emulator has loaded: FPU on, data copied, zeros set. */
#include <stdint.h>

#include "semihosting.h"

extern uint32_t startup_data_load[], startup_data[], startup_data_end[];
extern uint32_t startup_bss[], startup_bss_end[];
extern uint32_t stack_top[];

int main(void);
void startup_reset(void);

static volatile uint32_t *const CPACR = (volatile uint32_t *)0xE000ED88;
static const uint32_t CP10_CP11_FULL_ACCESS = 0xFU << 20;

static void startup_fault(void)
{
    semihosting_print("the processor took a fault: a bad address or instruction\n");
    semihosting_exit(2);
}

void startup_reset(void)
{
    *CPACR |= CP10_CP11_FULL_ACCESS;
    __asm volatile("dsb\n\tisb" ::: "memory");

    const uint32_t *from = startup_data_load;
    for (uint32_t *to = startup_data; to < startup_data_end; to++)
    {
        *to = *from++;
    }
    for (uint32_t *to = startup_bss; to < startup_bss_end; to++)
    {
        *to = 0;
    }
    semihosting_exit(main());
}

struct vectors
{
    uint32_t *stack;
    void (*handlers[15])(void);
};

__attribute__((section(".vectors"), used)) static const struct vectors vectors = {
    .stack = stack_top,
    .handlers =
        {
            startup_reset,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
            startup_fault,
        },
};
