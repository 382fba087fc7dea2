/* SPDX-License-Identifier: MIT */
#ifndef TI_SIGMOID_H
#define TI_SIGMOID_H

#include "ti_check.h"

/*
 * Logistic and tanh of 16-bit numbers as TFLite's reference kernels compute them: linear interpolation in one table of
 * sigmoid(i / 24) * 65536, i = 0..255 (compiler/Ops/SigmoidTable.cs), which serves both, as tanh(x) = 2 * sigmoid(2 *
 * x) - 1. `x` is the real argument times 24 * 512 = 12288: a Q3.12 times 3. |x| below 2^31.
 */

enum
{
    TI_SIGMOID_TABLE = 256
};

static inline uint32_t ti_magnitude(int32_t x)
{
    return x < 0 ? 0U - (uint32_t)x : (uint32_t)x;
}

/* logistic in Q0.15: 0..32767, halves rounded up. */
static inline int32_t ti_logistic_q15(int32_t x, const uint16_t *table)
{
    const uint32_t magnitude = ti_magnitude(x);
    const uint32_t index = magnitude >> 9;
    uint32_t result = UINT32_C(0x7FFF) << 10;

    if (index < TI_SIGMOID_TABLE - 1)
    {
        const uint32_t low = table[index];
        result = (low << 9) + (magnitude & 511U) * (table[index + 1] - low);
    }
    return (int32_t)((x >= 0 ? result + 512U : (UINT32_C(1) << 25) - result + 511U) >> 10);
}

/* tanh in Q0.15: -32768..32767. */
static inline int32_t ti_tanh_q15(int32_t x, const uint16_t *table)
{
    const uint32_t magnitude = ti_magnitude(x);
    const uint32_t index = magnitude >> 8;
    int32_t result = INT32_C(0xFFFF) << 8;

    if (index < TI_SIGMOID_TABLE - 1)
    {
        const int32_t low = table[index];
        result = (low << 8) + (int32_t)(magnitude & 255U) * ((int32_t)table[index + 1] - low);
    }
    return (x >= 0 ? result - (1 << 23) + 128 : (1 << 23) - result + 127) >> 8;
}

/* Constant input `index` of the step is a table: entries rise and are at least one half, so that nothing wraps. */
static inline bool ti_sigmoid_table_valid(const struct ti_step_view *step, uint32_t index)
{
    const uint16_t *const table = ti_constant(step, index);

    if (table == NULL || !ti_place_holds(step->input[index], TI_SIGMOID_TABLE, 2) || table[0] < 32768)
    {
        return false;
    }
    for (uint32_t i = 1; i < TI_SIGMOID_TABLE; i++)
    {
        if (table[i] < table[i - 1])
        {
            return false;
        }
    }
    return true;
}

#endif
