/* SPDX-License-Identifier: MIT */
#include "ti_lstm_cell.h"

#include <string.h>

/* What all units of a row share. */
struct row
{
    const struct ti_lstm_s8_params *p;
    const int8_t *input;
    struct ti_lstm_cell cell;
};

/* Adds to the four gates of a unit what `size` inputs contribute; returns the weights behind theirs. */
static const uint32_t *add_products(int32_t gates[TI_LSTM_GATES], const int8_t *input, const uint32_t *weights,
                                    const int32_t (*scales)[2], int32_t size, int32_t sum_shift)
{
    int32_t sums[TI_LSTM_GATES];

    ti_lstm_sums(sums, input, weights + TI_LSTM_GATES, size);
    for (int32_t g = 0; g < TI_LSTM_GATES; g++)
    {
        const int32_t sum = (int32_t)(weights[g] + ((uint32_t)sums[g] << sum_shift)) >> sum_shift;
        gates[g] = ti_lstm_saturate(gates[g] + ti_lstm_rescale(sum, scales[g]));
    }
    return weights + ti_lstm_words(size);
}

/* The new h; *weights moves on to the next unit. */
static int8_t unit(const struct row *row, const uint32_t **weights, const int8_t *hidden, int16_t *cell)
{
    const struct ti_lstm_s8_params *const p = row->p;
    const int32_t(*const scales)[2] = row->cell.scales;
    int32_t gates[TI_LSTM_GATES] = {0};

    *weights = add_products(gates, row->input, *weights, scales + TI_LSTM_INPUT, p->in_size, p->sum_shift);
    *weights = add_products(gates, hidden, *weights, scales + TI_LSTM_RECURRENT, p->units, p->sum_shift);

    const int32_t state = ti_lstm_unit(&row->cell, gates, cell);
    return (int8_t)ti_clamp(state + p->hidden_zero_point, INT8_MIN, INT8_MAX);
}

void ti_lstm_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lstm_s8_params *const p = params;
    const size_t states = (size_t)p->batch * (size_t)p->units;
    struct row row = {
        .p = p,
        .input = inputs[0],
        .cell = {.scales = inputs[2],
                 .table = inputs[3],
                 .clip = p->cell_clip,
                 .tanh_multiplier = p->tanh_multiplier,
                 .tanh_shift = p->tanh_shift},
    };
    int8_t *output = outputs[0];
    int8_t *const fresh = scratch;
    struct ti_lstm_turn turn = {.left = p->batch_run};

    memmove(outputs[1], inputs[4], states);
    memmove(outputs[2], inputs[5], states * sizeof(int16_t));

    for (int32_t r = 0; r < p->rows; r++)
    {
        int8_t *const hidden = (int8_t *)outputs[1] + turn.batch * p->units;
        int16_t *const cell = (int16_t *)outputs[2] + turn.batch * p->units;
        const uint32_t *weights = inputs[1];

        for (int32_t u = 0; u < p->units; u++)
        {
            fresh[u] = unit(&row, &weights, hidden, cell + u);
        }
        memmove(hidden, fresh, (size_t)p->units);
        memmove(output, fresh, (size_t)p->units);

        row.input += p->in_size;
        output += p->out_rows > 1 ? p->units : 0;
        ti_lstm_next(&turn, p->batch, p->batch_run);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lstm_s8_params *const p = step->params;
    const uint64_t states = ti_elements((const int32_t[]){p->batch, p->units}, 2);

    return ti_counts(step, 6, 3) && ti_in_range(p->hidden_zero_point, -128, 127) && ti_in_range(p->sum_shift, 0, 24) &&
           p->batch_run >= 1 && (p->out_rows == 1 || p->out_rows == p->rows) &&
           ti_lstm_cell_valid(p->cell_clip, p->tanh_multiplier, p->tanh_shift) &&
           ti_lstm_scales_valid(step, 2, false) && ti_sigmoid_table_valid(step, 3) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->rows, p->in_size}, 2)) &&
           ti_place_holds(step->input[1], ti_mul(ti_lstm_words(p->in_size) + ti_lstm_words(p->units), p->units), 4) &&
           ti_input_has(step, 4, states) && ti_place_holds(step->input[5], states, 2) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->out_rows, p->units}, 2)) &&
           ti_output_has(step, 1, states) && ti_place_holds(step->output[2], states, 2) &&
           step->scratch_size >= ti_mul(1, p->units);
}

const struct ti_kernel ti_lstm_s8 = {
    .run = ti_lstm_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_lstm_s8_params),
};
