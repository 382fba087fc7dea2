/* SPDX-License-Identifier: MIT */
#ifndef TI_KERNELS_H
#define TI_KERNELS_H

#include "../kernels/common/ti_kernel.h"

/* The kernel with this number, or NULL when this firmware does not have it. */
const struct ti_kernel *ti_kernel_find(uint32_t number);

#endif
