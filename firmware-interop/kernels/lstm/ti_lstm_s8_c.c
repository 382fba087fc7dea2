/* SPDX-License-Identifier: MIT */
#include "ti_lstm.h"

#include <string.h>

#include "../common/ti_dot.h"

enum
{
    GATES = 4
};

/* What all units of a row share. */
struct row
{
    const struct ti_lstm_s8_params *p;
    const int8_t *input;
    const int8_t *weights;
    const int8_t *recurrent_weights;
    const int32_t *bias;
    const int32_t (*scales)[2];
    const uint16_t *table;
};

static int32_t saturate(int32_t x)
{
    return ti_clamp(x, INT16_MIN, INT16_MAX);
}

static int32_t rescale(int32_t x, const int32_t scale[2])
{
    return ti_multiply_by_quantized_multiplier(x, scale[0], scale[1]);
}

/* Adds to the four gates of a unit what `size` inputs contribute; rows of weights are `size` bytes. */
static void add_products(int32_t gates[GATES], const int8_t *input, const int8_t *weights, const int32_t *bias,
                         const int32_t (*scales)[2], int32_t size)
{
    const struct ti_patch patch = {.rows = 1, .runs = 1, .length = size};
    int32_t sums[GATES] = {bias[0], bias[1], bias[2], bias[3]};

    ti_dot4_s8(sums, &patch, input, weights, size, 0);
    for (int32_t g = 0; g < GATES; g++)
    {
        gates[g] = saturate(gates[g] + saturate(rescale(sums[g], scales[g])));
    }
}

static int8_t unit(const struct row *row, int32_t u, const int8_t *hidden, int16_t *cell)
{
    const struct ti_lstm_s8_params *const p = row->p;
    const int32_t (*const scales)[2] = row->scales;
    const int32_t *const bias = row->bias + u * GATES;
    int32_t gates[GATES] = {0};

    add_products(gates, row->input, row->weights + u * GATES * p->in_size, bias, scales + TI_LSTM_INPUT, p->in_size);
    add_products(gates, hidden, row->recurrent_weights + u * GATES * p->units, bias + p->units * GATES,
                 scales + TI_LSTM_RECURRENT, p->units);

    const int32_t in = ti_logistic_q15(3 * gates[0], row->table);
    const int32_t forget = ti_logistic_q15(3 * gates[1], row->table);
    const int32_t candidate = ti_tanh_q15(3 * gates[2], row->table);
    const int32_t out = ti_logistic_q15(3 * gates[3], row->table);

    const int32_t kept = saturate(rescale(forget * *cell, scales[TI_LSTM_KEEP]));
    const int32_t added = saturate(rescale(in * candidate, scales[TI_LSTM_ADD]));
    *cell = (int16_t)ti_clamp(saturate(kept + added), -p->cell_clip, p->cell_clip);

    const int32_t rounding = (1 << p->tanh_shift) >> 1;
    const int32_t argument = (*cell * p->tanh_multiplier + rounding) >> p->tanh_shift;
    const int32_t activated = ti_tanh_q15(argument, row->table);
    const int32_t state = rescale(activated * out, scales[TI_LSTM_HIDDEN]);
    return (int8_t)ti_clamp(saturate(state) + p->hidden_zero_point, INT8_MIN, INT8_MAX);
}

void ti_lstm_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lstm_s8_params *const p = params;
    const size_t states = (size_t)p->batch * (size_t)p->units;
    struct row row = {
        .p = p,
        .input = inputs[0],
        .weights = inputs[1],
        .recurrent_weights = inputs[2],
        .bias = inputs[3],
        .scales = inputs[4],
        .table = inputs[5],
    };
    int8_t *output = outputs[0];
    int8_t *const fresh = scratch;
    int32_t batch = 0;
    int32_t left = p->batch_run;

    memmove(outputs[1], inputs[6], states);
    memmove(outputs[2], inputs[7], states * sizeof(int16_t));

    for (int32_t r = 0; r < p->rows; r++)
    {
        int8_t *const hidden = (int8_t *)outputs[1] + batch * p->units;
        int16_t *const cell = (int16_t *)outputs[2] + batch * p->units;

        for (int32_t u = 0; u < p->units; u++)
        {
            fresh[u] = unit(&row, u, hidden, cell + u);
        }
        memmove(hidden, fresh, (size_t)p->units);
        memmove(output, fresh, (size_t)p->units);

        row.input += p->in_size;
        output += p->units;
        if (--left == 0)
        {
            left = p->batch_run;
            batch = batch + 1 == p->batch ? 0 : batch + 1;
        }
    }
}

static bool scales_valid(const struct ti_step_view *step)
{
    const int32_t (*const scales)[2] = ti_constant(step, 4);

    if (scales == NULL || !ti_input_has(step, 4, sizeof(int32_t[TI_LSTM_SCALES][2])))
    {
        return false;
    }
    for (int32_t i = 0; i < TI_LSTM_SCALES; i++)
    {
        if (!ti_multiplier_valid(scales[i][0], scales[i][1]))
        {
            return false;
        }
    }
    return true;
}

static bool numbers_valid(const struct ti_lstm_s8_params *p)
{
    return ti_in_range(p->hidden_zero_point, -128, 127) && ti_in_range(p->cell_clip, 1, 32768) &&
           ti_in_range(p->tanh_multiplier, 1, 3 << 14) && ti_in_range(p->tanh_shift, 0, 15) && p->batch_run >= 1;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lstm_s8_params *const p = step->params;
    const uint64_t states = ti_elements((const int32_t[]){p->batch, p->units}, 2);

    return ti_counts(step, 8, 3) && numbers_valid(p) && scales_valid(step) && ti_sigmoid_table_valid(step, 5) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->rows, p->in_size}, 2)) &&
           ti_input_has(step, 1, ti_elements((const int32_t[]){p->units, GATES, p->in_size}, 3)) &&
           ti_input_has(step, 2, ti_elements((const int32_t[]){p->units, GATES, p->units}, 3)) &&
           ti_place_holds(step->input[3], ti_elements((const int32_t[]){2, p->units, GATES}, 3), 4) &&
           ti_input_has(step, 6, states) && ti_place_holds(step->input[7], states, 2) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->rows, p->units}, 2)) &&
           ti_output_has(step, 1, states) && ti_place_holds(step->output[2], states, 2) &&
           step->scratch_size >= ti_mul(1, p->units);
}

const struct ti_kernel ti_lstm_s8 = {
    .run = ti_lstm_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_lstm_s8_params),
};
