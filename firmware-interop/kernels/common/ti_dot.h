/* SPDX-License-Identifier: MIT */
#ifndef TI_DOT_H
#define TI_DOT_H

#include "ti_requantize.h"

/*
 * The inner loops of CONV_2D and FULLY_CONNECTED: sums of (input + offset) * weights over a patch. Four output channels
 * share one load of the input, which is what makes plain C fast enough on a Cortex-M4. They are functions of their own,
 * not inline: inside a kernel the compiler runs out of registers and keeps the sums in memory.
 */

/* Elements that go together: `rows` times `runs` runs of `length` bytes that are contiguous in the input and in the
 * weights. */
struct ti_patch
{
    int32_t rows;
    int32_t runs;
    int32_t length;
    int32_t input_row; /* bytes from one row to the next; likewise below */
    int32_t input_run;
    int32_t weights_row;
    int32_t weights_run;
};

/* Adds to one sum. */
int32_t ti_dot_s8(int32_t sum, const struct ti_patch *patch, const int8_t *input, const int8_t *weights,
                  int32_t offset);

/* Adds to four sums, whose weights are `filter_size` bytes apart. */
void ti_dot4_s8(int32_t sums[4], const struct ti_patch *patch, const int8_t *input, const int8_t *weights,
                int32_t filter_size, int32_t offset);

#endif
