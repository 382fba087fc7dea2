/* SPDX-License-Identifier: MIT */
#include "ti_dot.h"
#include "ti_dsp.h"

#if TI_HAS_DSP

int32_t ti_dot_s8(int32_t sum, const struct ti_patch *patch, const int8_t *input, const int8_t *weights, int32_t offset)
{
    const int32_t offsets = ti_pair_of(offset);

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const int8_t *x = input + row * patch->input_row + run * patch->input_run;
            const int8_t *w = weights + row * patch->weights_row + run * patch->weights_run;

            for (const int8_t *const end = x + (patch->length & ~3); x != end; x += 4, w += 4)
            {
                const uint32_t inputs = ti_word_at(x);
                const uint32_t word = ti_word_at(w);
                sum = ti_mac_pairs(sum, ti_add_even_bytes(offsets, inputs), ti_even_bytes(word));
                sum = ti_mac_pairs(sum, ti_add_odd_bytes(offsets, inputs), ti_odd_bytes(word));
            }
            for (int32_t left = patch->length & 3; left > 0; left--)
            {
                sum = ti_mac(sum, *x++ + offset, *w++);
            }
        }
    }
    return sum;
}

static inline int32_t of_word(int32_t sum, int32_t even, int32_t odd, const int8_t *weights)
{
    const uint32_t word = ti_word_at(weights);
    return ti_mac_pairs(ti_mac_pairs(sum, even, ti_even_bytes(word)), odd, ti_odd_bytes(word));
}

/* One run. A function of its own: its loop takes all registers. */
static __attribute__((noinline)) void run4(int32_t sums[4], const int8_t *x, const int8_t *weights, int32_t filter_size,
                                           int32_t offsets, int32_t length)
{
    const int8_t *w0 = weights;
    const int8_t *w2 = weights + 2 * filter_size;
    int32_t s0 = sums[0];
    int32_t s1 = sums[1];
    int32_t s2 = sums[2];
    int32_t s3 = sums[3];

    for (const int8_t *const end = x + (length & ~3); x != end; x += 4, w0 += 4, w2 += 4)
    {
        const uint32_t inputs = ti_word_at(x);
        const int32_t even = ti_add_even_bytes(offsets, inputs);
        const int32_t odd = ti_add_odd_bytes(offsets, inputs);
        s0 = of_word(s0, even, odd, w0);
        w0 = ti_after(w0, s0);
        s1 = of_word(s1, even, odd, w0 + filter_size);
        w2 = ti_after(w2, s1);
        s2 = of_word(s2, even, odd, w2);
        w2 = ti_after(w2, s2);
        s3 = of_word(s3, even, odd, w2 + filter_size);
    }
    for (int32_t left = length & 3; left > 0; left--)
    {
        const int32_t value = *x++ + (int16_t)offsets;
        s0 = ti_mac(s0, value, *w0);
        s1 = ti_mac(s1, value, w0[filter_size]);
        s2 = ti_mac(s2, value, *w2);
        s3 = ti_mac(s3, value, w2[filter_size]);
        w0++;
        w2++;
    }

    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

void ti_dot4_s8(int32_t sums[4], const struct ti_patch *patch, const int8_t *input, const int8_t *weights,
                int32_t filter_size, int32_t offset)
{
    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            run4(sums, input + row * patch->input_row + run * patch->input_run,
                 weights + row * patch->weights_row + run * patch->weights_run, filter_size, ti_pair_of(offset),
                 patch->length);
        }
    }
}

#endif
