/* SPDX-License-Identifier: MIT */
#include "ti_dot.h"
#include "ti_dsp.h"

#if !TI_HAS_DSP

int32_t ti_dot_s8(int32_t sum, const struct ti_patch *patch, const int8_t *input, const int8_t *weights, int32_t offset)
{
    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const int8_t *x = input + row * patch->input_row + run * patch->input_run;
            const int8_t *w = weights + row * patch->weights_row + run * patch->weights_run;

            for (const int8_t *const end = x + patch->length; x != end;)
            {
                sum = ti_mac(sum, *x++ + offset, *w++);
            }
        }
    }
    return sum;
}

void ti_dot4_s8(int32_t sums[4], const struct ti_patch *patch, const int8_t *input, const int8_t *weights,
                int32_t filter_size, int32_t offset)
{
    int32_t s0 = sums[0];
    int32_t s1 = sums[1];
    int32_t s2 = sums[2];
    int32_t s3 = sums[3];

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const int8_t *x = input + row * patch->input_row + run * patch->input_run;
            const int8_t *w0 = weights + row * patch->weights_row + run * patch->weights_run;
            const int8_t *w1 = w0 + filter_size;
            const int8_t *w2 = w1 + filter_size;
            const int8_t *w3 = w2 + filter_size;

            for (const int8_t *const end = x + patch->length; x != end;)
            {
                const int32_t value = *x++ + offset;
                s0 = ti_mac(s0, value, *w0++);
                s1 = ti_mac(s1, value, *w1++);
                s2 = ti_mac(s2, value, *w2++);
                s3 = ti_mac(s3, value, *w3++);
            }
        }
    }

    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

#endif
