/* SPDX-License-Identifier: MIT */
#ifndef TI_DOT_H
#define TI_DOT_H

#include "ti_requantize.h"

/*
 * The inner loops of CONV_2D and FULLY_CONNECTED: sums of (input[i] + offset) * weights[i] over `count` elements. Four
 * output channels share one load of the input, which is what makes plain C fast enough on a Cortex-M4.
 */

struct ti_dot4
{
    int32_t acc[4];
};

static inline int32_t ti_dot_s8(int32_t acc, const int8_t *input, const int8_t *weights, int32_t count, int32_t offset)
{
    for (const int8_t *const end = input + count; input != end;)
    {
        acc = ti_mac(acc, *input++ + offset, *weights++);
    }
    return acc;
}

/* Rows of weights are `row` bytes apart, one an output channel. */
static inline struct ti_dot4 ti_dot4_s8(struct ti_dot4 sum, const int8_t *input, const int8_t *weights, int32_t row,
                                        int32_t count, int32_t offset)
{
    const int8_t *w0 = weights;
    const int8_t *w1 = w0 + row;
    const int8_t *w2 = w1 + row;
    const int8_t *w3 = w2 + row;
    int32_t a0 = sum.acc[0];
    int32_t a1 = sum.acc[1];
    int32_t a2 = sum.acc[2];
    int32_t a3 = sum.acc[3];

    for (const int8_t *const end = input + count; input != end;)
    {
        const int32_t x = *input++ + offset;
        a0 = ti_mac(a0, x, *w0++);
        a1 = ti_mac(a1, x, *w1++);
        a2 = ti_mac(a2, x, *w2++);
        a3 = ti_mac(a3, x, *w3++);
    }
    return (struct ti_dot4){{a0, a1, a2, a3}};
}

#endif
