/* SPDX-License-Identifier: MIT */
/* Runs the table of cases.S under the cycle model and compares. Ends with "N as expected, N not". */
#include <stdbool.h>

#include "semihosting.h"

/* The model's window into the guest; see emulator/cyclemodel/README.md. */
volatile uint32_t cyc_marker[520] __attribute__((aligned(8), section(".noinit")));

static const uint32_t MARKER_ASK = 512;
static const uint32_t REPETITIONS = 32;
static const uint32_t WARM_UP = 20; /* the M7's branch predictor learns */

struct expectation
{
    float cycles; /* negative: none published */
    const char *source;
};

typedef uint32_t measured_code(volatile uint32_t *marker, uint32_t rounds);

struct kernel
{
    const char *name;
    measured_code *shorter;
    measured_code *longer;
    struct expectation m4;
    struct expectation m7;
};

extern const struct kernel cases[];
extern const struct kernel cases_end[];

static bool is_m7(void)
{
    const uint32_t cpuid = *(const volatile uint32_t *)0xE000ED00;
    return (cpuid >> 4 & 0xFFF) == 0xC27;
}

static uint32_t fastest(measured_code *code, uint32_t rounds)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < WARM_UP; i++)
    {
        const uint32_t cycles = code(&cyc_marker[MARKER_ASK], rounds);
        best = cycles < best ? cycles : best;
    }
    return best;
}

static void print_cycles(uint32_t hundredths)
{
    semihosting_print_number(hundredths / 100);
    semihosting_print(".");
    semihosting_print_number(hundredths / 10 % 10);
    semihosting_print_number(hundredths % 10);
}

static bool check(const struct kernel *kernel, const struct expectation *expected)
{
    const uint32_t cycles = fastest(kernel->longer, 48) - fastest(kernel->shorter, 16);
    const bool good = expected->cycles < 0 || expected->cycles * (float)REPETITIONS == (float)cycles;

    semihosting_print(good ? "" : "WRONG ");
    print_cycles(cycles * 100 / REPETITIONS);
    semihosting_print(" ");
    semihosting_print(kernel->name);
    if (!good)
    {
        semihosting_print(", expected ");
        print_cycles((uint32_t)(expected->cycles * 100));
        semihosting_print(" by ");
        semihosting_print(expected->source);
    }
    semihosting_print("\n");
    return good;
}

int main(void)
{
    uint32_t wrong = 0;

    for (const struct kernel *kernel = cases; kernel < cases_end; kernel++)
    {
        wrong += check(kernel, is_m7() ? &kernel->m7 : &kernel->m4) ? 0 : 1;
    }
    semihosting_print_number((uint32_t)(cases_end - cases) - wrong);
    semihosting_print(" as expected, ");
    semihosting_print_number(wrong);
    semihosting_print(" not\n");
    return 0;
}
