/* SPDX-License-Identifier: MIT */
#ifndef TI_LSTM_SUMS_H
#define TI_LSTM_SUMS_H

#include "../common/ti_requantize.h"

/*
 * The weights of lstm_s8 lie in one array of words, in the order in which one pass over the units reads them. Of each
 * unit:
 *
 *   4 biases of the input                        s32, one for each gate
 *   (in_size + 3) / 4 times 4 words              four weights of each gate; zeros behind the last one
 *   4 biases of h
 *   (units + 3) / 4 times 4 words
 *
 * A word of the weights w0 to w3 has the halves 256 * w1 + w0 and 256 * w3 + w2, modulo 2^16, which is what generated
 * code multiplies. Inputs at odd places are taken as x - 127, and biases make up for it. With v of all these inputs
 *
 *   sum = (bias + 2^sum_shift * (sum over i of w[i] * v[i])) / 2^sum_shift, modulo 2^32 before the exact division
 *
 * sum_shift is 8 where all sums fit 24 bits, because generated code has 256 times the sums.
 */

enum
{
    TI_LSTM_GATES = 4,
    TI_LSTM_ODD_SHIFT = 127
};

/* Words of one input in the array, biases and all; TI_HUGE for a size below 1. */
static inline uint64_t ti_lstm_words(int32_t size)
{
    return size < 1 ? TI_HUGE : TI_LSTM_GATES * (1 + ((uint64_t)size + 3) / 4);
}

/* sum over i of w[i] * v[i] for each gate, modulo 2^32; `weights` at the first word behind the biases. */
void ti_lstm_sums(int32_t sums[TI_LSTM_GATES], const int8_t *input, const uint32_t *weights, int32_t size);

#endif
