/* SPDX-License-Identifier: MIT */
#include "ti_kernels.h"

#define TI_KERNEL(number, name) extern const struct ti_kernel ti_##name;
#include "../kernels/kernels.def"
#undef TI_KERNEL

const struct ti_kernel *ti_kernel_find(uint32_t number)
{
    static const struct ti_kernel *const table[] = {
#define TI_KERNEL(number, name) [number] = &ti_##name,
#include "../kernels/kernels.def"
#undef TI_KERNEL
    };

    return number < sizeof table / sizeof table[0] ? table[number] : NULL;
}
