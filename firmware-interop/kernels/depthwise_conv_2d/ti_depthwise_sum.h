/* SPDX-License-Identifier: MIT */
#ifndef TI_DEPTHWISE_SUM_H
#define TI_DEPTHWISE_SUM_H

#include "../common/ti_requantize.h"

/*
 * The inner loops of DEPTHWISE_CONV_2D: sums of (input + offset) * weights over the taps inside the input. Not inline,
 * so that the sums stay in registers.
 */

/* The taps of one output pixel, and the bytes from one to the next. */
struct ti_depthwise_patch
{
    int32_t rows;
    int32_t columns;
    int32_t input_row;
    int32_t input_column;
    int32_t weights_row;
    int32_t weights_column;
};

/* Adds to the sum of one channel. */
int32_t ti_depthwise_sum_s8(int32_t sum, const struct ti_depthwise_patch *patch, const int8_t *input,
                            const int8_t *weights, int32_t offset);

/* Adds to the sums of four neighbouring channels, when each input channel has one output channel. */
void ti_depthwise_sum4_s8(int32_t sums[4], const struct ti_depthwise_patch *patch, const int8_t *input,
                          const int8_t *weights, int32_t offset);

#endif
