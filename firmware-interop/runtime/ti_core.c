/* SPDX-License-Identifier: MIT */
#include "ti_core.h"

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && !defined(TI_REFUSE_CODE)

/* gcc defines the same macros for both cores, so the core is asked: part number in bits 4 to 15 of CPUID. */
enum ti_core ti_core(void)
{
    const uintptr_t CPUID = 0xE000ED00;
    const uint32_t part = (*(const volatile uint32_t *)CPUID >> 4) & 0xFFFU;

    return part == 0xC24 ? TI_CORE_M4 : part == 0xC27 ? TI_CORE_M7 : TI_CORE_PORTABLE;
}

#else

enum ti_core ti_core(void)
{
    return TI_CORE_PORTABLE;
}

#endif

void ti_code_stored(void)
{
#if defined(__ARM_ARCH_7EM__)
    __asm__ volatile("dsb\n\tisb" ::: "memory");
#endif
}

/* A Cortex-M7 runs code made for a Cortex-M4, and every core the portable program: larger numbers serve better. */
static bool serves(const struct ti_program *program, enum ti_core core)
{
    return program->core == TI_CORE_PORTABLE ||
           (program->abi == TI_CODE_ABI && (program->core == TI_CORE_M4 || program->core == TI_CORE_M7) &&
            program->core <= (uint32_t)core);
}

const struct ti_program *ti_program_select(const struct ti_image *image, enum ti_core core)
{
    const struct ti_table table = image->header->programs;
    const struct ti_program *const programs = (const struct ti_program *)(const void *)(image->base + table.offset);
    const struct ti_program *best = NULL;

    for (uint32_t i = 0; i < table.count; i++)
    {
        if (serves(&programs[i], core) && (best == NULL || programs[i].core > best->core))
        {
            best = &programs[i];
        }
    }
    return best;
}
