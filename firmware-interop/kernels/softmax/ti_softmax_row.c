/* SPDX-License-Identifier: MIT */
#include "ti_softmax.h"

/* x * 2^exponent, saturating. */
static int32_t scale_up(int32_t x, int32_t exponent)
{
    const int32_t limit = INT32_MAX >> exponent;
    return x > limit ? INT32_MAX : x < -limit ? INT32_MIN : (int32_t)((uint32_t)x << exponent);
}

/*
 * 1 / (1 + x) for x in [0, 1), both Q0.31: Newton's iteration for 1 / d with d = (1 + x) / 2, as gemmlowp does it. The
 * estimate 48/17 - 32/17 d and the iterates are Q2.29.
 */
static int32_t one_over_one_plus(int32_t x)
{
    const int32_t half_denominator = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
    const int32_t one = INT32_C(1) << 29;
    int32_t estimate = 1515870810 + ti_high_mul(-1010580540, half_denominator);

    for (int32_t i = 0; i < 3; i++)
    {
        const int32_t error = one - ti_high_mul(estimate, half_denominator);
        estimate += scale_up(ti_high_mul(error, estimate), 2);
    }
    return scale_up(estimate, 1);
}

struct ti_softmax_row ti_softmax_row(const int8_t *input, int32_t depth, const int32_t *table, int32_t table_size)
{
    int32_t largest = INT8_MIN;
    int32_t sum = 0;
    int32_t bits = 12;

    for (int32_t c = 0; c < depth; c++)
    {
        largest = input[c] > largest ? input[c] : largest;
    }
    for (int32_t c = 0; c < depth; c++)
    {
        const int32_t difference = largest - input[c];
        sum += difference < table_size ? ti_divide_by_pot(table[difference], 12) : 0;
    }

    /* sum = (1 + fraction) * 2^bits; it is at least 1, because the largest element contributes that. */
    uint32_t normal = (uint32_t)sum;
    while ((normal >> 31) == 0)
    {
        normal <<= 1;
        bits--;
    }

    return (struct ti_softmax_row){
        .largest = largest,
        .reciprocal = one_over_one_plus((int32_t)(normal & INT32_MAX)),
        .bits = bits,
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
