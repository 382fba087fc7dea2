/* SPDX-License-Identifier: MIT */
#include "ti_lstm_cell.h"

#include <string.h>

#include "../common/ti_requantize_s16.h"

/* What all units of a row share. */
struct row
{
    const struct ti_lstm_s16_params *p;
    const int16_t *input;
    const int8_t *weights;
    const int8_t *recurrent_weights;
    const int32_t *bias;
    struct ti_lstm_cell cell;
};

/* Wraps, because nothing is known of the bias of a damaged image. */
static int64_t sum_of(const int16_t *input, const int8_t *weights, const int32_t *bias, int32_t size)
{
    uint64_t sum = (uint64_t)(uint32_t)bias[1] << 32 | (uint32_t)bias[0];

    for (int32_t i = 0; i < size; i++)
    {
        sum += (uint64_t)(int64_t)(input[i] * weights[i]);
    }
    return (int64_t)sum;
}

/* Adds to the four gates of a unit what `size` inputs contribute; rows of weights are `size` bytes. */
static void add_products(int32_t gates[TI_LSTM_GATES], const int16_t *input, const int8_t *weights, const int32_t *bias,
                         const int32_t (*scales)[2], int32_t size)
{
    for (int32_t g = 0; g < TI_LSTM_GATES; g++)
    {
        const int64_t sum = sum_of(input, weights + g * size, bias + 2 * g, size);
        gates[g] = ti_lstm_saturate(gates[g] + ti_lstm_saturate(ti_multiply_wide(sum, scales[g][0], scales[g][1])));
    }
}

static int16_t unit(const struct row *row, int32_t u, const int16_t *hidden, int16_t *cell)
{
    const struct ti_lstm_s16_params *const p = row->p;
    const int32_t(*const scales)[2] = row->cell.scales;
    const int32_t *const bias = row->bias + 2 * u * TI_LSTM_GATES;
    int32_t gates[TI_LSTM_GATES] = {0};

    add_products(gates, row->input, row->weights + u * TI_LSTM_GATES * p->in_size, bias, scales + TI_LSTM_INPUT,
                 p->in_size);
    add_products(gates, hidden, row->recurrent_weights + u * TI_LSTM_GATES * p->units,
                 bias + 2 * p->units * TI_LSTM_GATES, scales + TI_LSTM_RECURRENT, p->units);

    return (int16_t)ti_lstm_unit(&row->cell, gates, cell);
}

void ti_lstm_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lstm_s16_params *const p = params;
    const size_t states = (size_t)p->batch * (size_t)p->units;
    struct row row = {
        .p = p,
        .input = inputs[0],
        .weights = inputs[1],
        .recurrent_weights = inputs[2],
        .bias = inputs[3],
        .cell = {.scales = inputs[4],
                 .table = inputs[5],
                 .clip = p->cell_clip,
                 .tanh_multiplier = p->tanh_multiplier,
                 .tanh_shift = p->tanh_shift},
    };
    int16_t *output = outputs[0];
    int16_t *const fresh = scratch;
    struct ti_lstm_turn turn = {.left = p->batch_run};

    memmove(outputs[1], inputs[6], states * sizeof(int16_t));
    memmove(outputs[2], inputs[7], states * sizeof(int16_t));

    for (int32_t r = 0; r < p->rows; r++)
    {
        int16_t *const hidden = (int16_t *)outputs[1] + turn.batch * p->units;
        int16_t *const cell = (int16_t *)outputs[2] + turn.batch * p->units;

        for (int32_t u = 0; u < p->units; u++)
        {
            fresh[u] = unit(&row, u, hidden, cell + u);
        }
        memmove(hidden, fresh, (size_t)p->units * sizeof(int16_t));
        memmove(output, fresh, (size_t)p->units * sizeof(int16_t));

        row.input += p->in_size;
        output += p->out_rows > 1 ? p->units : 0;
        ti_lstm_next(&turn, p->batch, p->batch_run);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lstm_s16_params *const p = step->params;
    const uint64_t states = ti_elements((const int32_t[]){p->batch, p->units}, 2);

    return ti_counts(step, 8, 3) && p->batch_run >= 1 && (p->out_rows == 1 || p->out_rows == p->rows) &&
           ti_lstm_cell_valid(p->cell_clip, p->tanh_multiplier, p->tanh_shift) && ti_lstm_scales_valid(step, 4, true) &&
           ti_sigmoid_table_valid(step, 5) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->rows, p->in_size}, 2), 2) &&
           ti_input_has(step, 1, ti_elements((const int32_t[]){p->units, TI_LSTM_GATES, p->in_size}, 3)) &&
           ti_input_has(step, 2, ti_elements((const int32_t[]){p->units, TI_LSTM_GATES, p->units}, 3)) &&
           ti_place_holds(step->input[3], ti_elements((const int32_t[]){4, p->units, TI_LSTM_GATES}, 3), 4) &&
           ti_place_holds(step->input[6], states, 2) && ti_place_holds(step->input[7], states, 2) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->out_rows, p->units}, 2), 2) &&
           ti_place_holds(step->output[1], states, 2) && ti_place_holds(step->output[2], states, 2) &&
           step->scratch_size >= ti_mul(2, p->units);
}

const struct ti_kernel ti_lstm_s16 = {
    .run = ti_lstm_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_lstm_s16_params),
};
