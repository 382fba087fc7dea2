/* SPDX-License-Identifier: MIT */
#ifndef TI_KERNEL_H
#define TI_KERNEL_H

#include "tinyinfer.h"

/*
 * The one shape of every kernel. `params` points to the kernel's own struct, only 4-byte members, no pointers, so it is
 * read in place from flash. Constants (weights, bias, multipliers, tables) are inputs like any other tensor.
 * No kernel reads an input after it has written the output bytes at the same place, unless its header allows in-place
 * use.
 */
typedef void (*ti_kernel_fn)(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

/* A step as the loader proves it: sizes in bytes of what the kernel may touch. */
struct ti_step_view
{
    const void *params;
    uint32_t inputs; /* count */
    uint32_t outputs;
    const struct ti_place *input;
    const struct ti_place *output;
    uint32_t scratch_size;
    const uint8_t *image; /* base of the image: constant inputs can be read while checking */
};

/*
 * True when the kernel, run with these parameters, reads and writes only inside its operands and its arithmetic is
 * defined. Runs once, in ti_image_open, on hostile data: every product of sizes goes through ti_mul / ti_elements.
 */
typedef bool (*ti_check_fn)(const struct ti_step_view *step);

struct ti_kernel
{
    ti_kernel_fn run; /* NULL: the runtime's own, kernels/branch */
    ti_check_fn check;
    uint32_t params_size; /* bytes, a multiple of 4 */
};

#endif
