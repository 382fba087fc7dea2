/* SPDX-License-Identifier: MIT */
#include "../common/ti_fixed_point.h"
#include "../softmax/ti_softmax.h"
#include "ti_log_softmax.h"

enum
{
    SUM_BITS = 12,   /* above the point of the sum           */
    INPUT_BITS = 5,  /* of scaled differences and logarithms */
    OUTPUT_BITS = 4, /* of the output, whose unit is 2^-4    */
    WIDE = INPUT_BITS + 1
};

/* a + b, which a damaged image may wrap. */
static int32_t sum_of(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

/*
 * The logarithm of x from 1 on, Q12.19 to Q5.26. x = z * 2^power with z near c = 2^(-1/4): of two candidates, x and
 * x * 2^(-1/2) brought below 1, the one with the smaller z and the larger power. With p = (z + c) / 2, q = 2 (z - c):
 *
 *   log z = (q z + 11/240 / c q q^2) / (1 + p (2 c - 1 / c + q + 1/20 / c q^2) + 1/4 / c q)
 *
 * but for a quarter of log 2, which is in the power. All but the power are Q0.31.
 */
static int32_t log_of(int32_t x)
{
    const int32_t log_two = 1488522236;
    const int32_t sqrt_half = 1518500250;
    const int32_t center = 1805811301;
    const int32_t quarter = INT32_C(1) << (31 - WIDE - 2);
    const int32_t zeros = __builtin_clz((uint32_t)x);
    const int32_t zeros_of_half = __builtin_clz((uint32_t)ti_high_mul(x, sqrt_half)) - 1;

    const int32_t near = ti_scale_up(ti_high_mul(ti_scale_up(x, zeros - 1), sqrt_half), 1);
    const int32_t near_power = ti_scale_up(SUM_BITS - zeros, 31 - WIDE) + quarter;
    const int32_t far = ti_scale_up(x, zeros_of_half);
    const int32_t far_power = ti_scale_up(SUM_BITS - zeros_of_half, 31 - WIDE) - quarter;
    const int32_t z = near < far ? near : far;
    const int32_t power = near_power > far_power ? near_power : far_power;

    const int32_t p = (int32_t)(((int64_t)z + center + 1) / 2);
    const int32_t q = 2 * (z - center);
    const int32_t square = ti_high_mul(q, q);
    const int32_t over = ti_high_mul(q, z) + ti_high_mul(ti_high_mul(q, square), 117049297);
    const int32_t under = ti_high_mul(p, 1057819769 + q + ti_high_mul(127690142, square)) + ti_high_mul(638450708, q);
    const int32_t ratio = ti_high_mul(ti_divide_by_pot(over, WIDE), ti_one_over_one_plus(under));

    return ti_scale_up(ti_high_mul(power, log_two) + ratio, 1);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_log_softmax_s8_params *const p = params;
    const int32_t *const table = inputs[1];
    const int8_t *input = inputs[0];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        const struct ti_softmax_sum row = ti_softmax_sum(input, p->depth, table, p->table_size);
        const int32_t log = log_of(row.sum);
        const int32_t bound =
            ti_multiply_by_quantized_multiplier(sum_of(log, INT32_MIN), p->back_multiplier, p->back_shift);
        const int32_t least = bound > -p->furthest - 1 ? bound : -p->furthest - 1;

        for (int32_t c = 0; c < p->depth; c++)
        {
            const int32_t difference = input[c] - row.largest;
            const int32_t scaled = ti_multiply_by_quantized_multiplier(difference, p->multiplier, p->shift);
            const int32_t real =
                ti_divide_by_pot(sum_of(scaled, (int32_t)(0U - (uint32_t)log)), 31 - INPUT_BITS - OUTPUT_BITS);

            output[c] = (int8_t)(difference > least ? ti_clamp(real + INT8_MAX, INT8_MIN, INT8_MAX) : INT8_MIN);
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_log_softmax_s8_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 2, 1) && ti_in_range(p->depth, 1, TI_SOFTMAX_DEPTH) &&
           ti_multiplier_valid(p->multiplier, p->shift) && p->shift >= 0 &&
           ti_multiplier_valid(p->back_multiplier, p->back_shift) && p->back_shift <= 0 && p->furthest >= 0 &&
           ti_softmax_table_valid(step, p->table_size) && ti_input_has(step, 0, elements) &&
           ti_output_has(step, 0, elements);
}

const struct ti_kernel ti_log_softmax_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_log_softmax_s8_params),
};
