/* SPDX-License-Identifier: MIT */
#include "../common/ti_dsp.h"
#include "ti_depthwise_sum.h"

#if TI_HAS_DSP

int32_t ti_depthwise_sum_s8(int32_t sum, const struct ti_depthwise_patch *patch, const int8_t *input,
                            const int8_t *weights, int32_t offset)
{
    for (int32_t row = 0; row < patch->rows; row++)
    {
        const int8_t *x = input + row * patch->input_row;
        const int8_t *w = weights + row * patch->weights_row;

        for (int32_t left = patch->columns; left > 0; left--)
        {
            sum = ti_mac(sum, *x + offset, *w);
            x += patch->input_column;
            w += patch->weights_column;
        }
    }
    return sum;
}

void ti_depthwise_sum4_s8(int32_t sums[4], const struct ti_depthwise_patch *patch, const int8_t *input,
                          const int8_t *weights, int32_t offset)
{
    const int32_t offsets = ti_pair_of(offset);
    int32_t s0 = sums[0];
    int32_t s1 = sums[1];
    int32_t s2 = sums[2];
    int32_t s3 = sums[3];

    for (int32_t row = 0; row < patch->rows; row++)
    {
        const int8_t *x = input + row * patch->input_row;
        const int8_t *w = weights + row * patch->weights_row;

        for (int32_t left = patch->columns; left > 0; left--)
        {
            const uint32_t inputs = ti_word_at(x);
            const uint32_t word = ti_word_at(w);
            const int32_t even = ti_add_even_bytes(offsets, inputs);
            const int32_t odd = ti_add_odd_bytes(offsets, inputs);
            const int32_t even_weights = ti_even_bytes(word);
            const int32_t odd_weights = ti_odd_bytes(word);
            s0 = ti_mac_low(s0, even, even_weights);
            s1 = ti_mac_low(s1, odd, odd_weights);
            s2 = ti_mac_high(s2, even, even_weights);
            s3 = ti_mac_high(s3, odd, odd_weights);
            x += patch->input_column;
            w += patch->weights_column;
        }
    }

    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

#endif
