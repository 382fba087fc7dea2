/* SPDX-License-Identifier: MIT */
#include "../common/ti_dsp.h"
#include "ti_lstm_sums.h"

#if !TI_HAS_DSP

static int32_t of_word(int32_t sum, const int32_t v[4], uint32_t word)
{
    sum = ti_mac(sum, v[0], (int8_t)word);
    sum = ti_mac(sum, v[1], (int8_t)((word + 0x80U) >> 8));
    sum = ti_mac(sum, v[2], (int8_t)(word >> 16));
    return ti_mac(sum, v[3], (int8_t)((word + 0x800000U) >> 24));
}

void ti_lstm_sums(int32_t sums[TI_LSTM_GATES], const int8_t *input, const uint32_t *weights, int32_t size)
{
    for (int32_t g = 0; g < TI_LSTM_GATES; g++)
    {
        sums[g] = 0;
    }
    for (int32_t left = size; left > 0; left -= 4)
    {
        int32_t v[4] = {0};

        for (int32_t i = 0; i < 4 && i < left; i++)
        {
            v[i] = *input++ - (i & 1) * TI_LSTM_ODD_SHIFT;
        }
        for (int32_t g = 0; g < TI_LSTM_GATES; g++)
        {
            sums[g] = of_word(sums[g], v, *weights++);
        }
    }
}

#endif
