/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../common/ti_dsp.h"
#include "ti_lstm_sums.h"

#if TI_HAS_DSP

/* A carry from each even byte, which has a sign, into the odd one behind it. */
static inline int32_t of_word(int32_t sum, int32_t even, int32_t odd, uint32_t word)
{
    const int32_t carried = __sadd16((int32_t)word, 0x00800080);
    return ti_mac_pairs(ti_mac_pairs(sum, even, ti_even_bytes(word)), odd, ti_odd_bytes((uint32_t)carried));
}

void ti_lstm_sums(int32_t sums[TI_LSTM_GATES], const int8_t *input, const uint32_t *weights, int32_t size)
{
    const int32_t odd_shift = ti_pair_of(-TI_LSTM_ODD_SHIFT);
    int32_t s0 = 0;
    int32_t s1 = 0;
    int32_t s2 = 0;
    int32_t s3 = 0;

    for (int32_t left = size; left > 0; left -= 4, input += 4, weights += TI_LSTM_GATES)
    {
        uint32_t inputs = 0;

        if (left >= 4)
        {
            inputs = ti_word_at(input);
        }
        else
        {
            memcpy(&inputs, input, (size_t)left);
        }

        const int32_t even = ti_even_bytes(inputs);
        const int32_t odd = ti_add_odd_bytes(odd_shift, inputs);
        s0 = of_word(s0, even, odd, weights[0]);
        s1 = of_word(s1, even, odd, weights[1]);
        s2 = of_word(s2, even, odd, weights[2]);
        s3 = of_word(s3, even, odd, weights[3]);
    }

    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

#endif
