/* SPDX-License-Identifier: MIT */
#include "../common/ti_dsp.h"
#include "ti_depthwise_sum.h"

#if !TI_HAS_DSP

int32_t ti_depthwise_sum_s8(int32_t sum, const struct ti_depthwise_patch *patch, const int8_t *input,
                            const int8_t *weights, int32_t offset)
{
    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t column = 0; column < patch->columns; column++)
        {
            sum = ti_mac(sum, input[row * patch->input_row + column * patch->input_column] + offset,
                         weights[row * patch->weights_row + column * patch->weights_column]);
        }
    }
    return sum;
}

void ti_depthwise_sum4_s8(int32_t sums[4], const struct ti_depthwise_patch *patch, const int8_t *input,
                          const int8_t *weights, int32_t offset)
{
    int32_t s0 = sums[0];
    int32_t s1 = sums[1];
    int32_t s2 = sums[2];
    int32_t s3 = sums[3];

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t column = 0; column < patch->columns; column++)
        {
            const int8_t *const x = input + row * patch->input_row + column * patch->input_column;
            const int8_t *const w = weights + row * patch->weights_row + column * patch->weights_column;
            s0 = ti_mac(s0, x[0] + offset, w[0]);
            s1 = ti_mac(s1, x[1] + offset, w[1]);
            s2 = ti_mac(s2, x[2] + offset, w[2]);
            s3 = ti_mac(s3, x[3] + offset, w[3]);
        }
    }

    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

#endif
