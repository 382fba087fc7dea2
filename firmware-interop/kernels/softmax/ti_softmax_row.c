/* SPDX-License-Identifier: MIT */
#include "ti_softmax.h"

#include "../common/ti_fixed_point.h"

struct ti_softmax_sum ti_softmax_sum(const int8_t *input, int32_t depth, const int32_t *table, int32_t table_size)
{
    struct ti_softmax_sum row = {.largest = INT8_MIN, .sum = 0};

    for (int32_t c = 0; c < depth; c++)
    {
        row.largest = input[c] > row.largest ? input[c] : row.largest;
    }
    for (int32_t c = 0; c < depth; c++)
    {
        const int32_t difference = row.largest - input[c];

        if (difference < table_size)
        {
            row.sum += (int32_t)(((uint32_t)table[difference] + (1U << 11)) >> 12);
        }
    }
    return row;
}

struct ti_softmax_row ti_softmax_row(const int8_t *input, int32_t depth, const int32_t *table, int32_t table_size,
                                     int32_t width)
{
    const struct ti_softmax_sum row = ti_softmax_sum(input, depth, table, table_size);

    /* sum = (1 + fraction) * 2^bits; it is at least 1, because the largest element contributes that. */
    const int32_t zeros = __builtin_clz((uint32_t)row.sum);
    const int32_t shift = 12 - zeros + 31 - width;
    const uint32_t fraction = ((uint32_t)row.sum << zeros) & INT32_MAX;

    return (struct ti_softmax_row){
        .largest = row.largest,
        .reciprocal = shift > 31 ? 0 : ti_one_over_one_plus((int32_t)fraction),
        .shift = shift > 31 ? 31 : shift,
    };
}

bool ti_softmax_table_valid(const struct ti_step_view *step, int32_t table_size)
{
    const int32_t *const table = ti_constant(step, 1);

    if (table == NULL || !ti_in_range(table_size, 1, TI_SOFTMAX_TABLE) ||
        !ti_input_has(step, 1, ti_mul(4, table_size)) || table[0] != INT32_MAX)
    {
        return false;
    }
    for (int32_t k = 0; k < table_size; k++)
    {
        if (table[k] < 0)
        {
            return false;
        }
    }
    return true;
}
