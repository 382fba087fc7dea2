/* SPDX-License-Identifier: MIT */
#include "ti_lstm_cell.h"

#include <string.h>

#include "../common/ti_dot_f32.h"
#include "../common/ti_float.h"

/* What all units of a row share. */
struct row
{
    const struct ti_lstm_f32_params *p;
    const float *input;
    const float *weights;
    const float *recurrent_weights;
    const float *bias;
};

static float logistic(float x)
{
    return x > 16.619047164916992188F ? 1 : x < -9 ? ti_expf(x) : 1 / (1 + ti_expf(-x));
}

static float unit(const struct row *row, int32_t u, const float *hidden, float *cell)
{
    const struct ti_lstm_f32_params *const p = row->p;
    const float clip = p->cell_clip;
    const int32_t of = u * TI_LSTM_GATES;
    float gates[TI_LSTM_GATES] = {0};
    float recurrent[TI_LSTM_GATES] = {0};

    ti_dot4_f32(gates, row->input, 1, row->weights + of * p->in_size, p->in_size, p->in_size);
    ti_dot4_f32(recurrent, hidden, 1, row->recurrent_weights + of * p->units, p->units, p->units);
    for (int32_t g = 0; g < TI_LSTM_GATES; g++)
    {
        gates[g] = gates[g] + row->bias[of + g] + recurrent[g];
    }

    const float kept = logistic(gates[1]) * *cell;
    const float added = logistic(gates[0]) * ti_tanhf(gates[2]);
    const float state = kept + added;

    *cell = clip > 0 ? ti_clamp_f32(state, -clip, clip) : state;
    return logistic(gates[3]) * ti_tanhf(*cell);
}

void ti_lstm_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lstm_f32_params *const p = params;
    const size_t states = (size_t)p->batch * (size_t)p->units * sizeof(float);
    const size_t state = (size_t)p->units * sizeof(float);
    struct row row = {
        .p = p,
        .input = inputs[0],
        .weights = inputs[1],
        .recurrent_weights = inputs[2],
        .bias = inputs[3],
    };
    float *output = outputs[0];
    float *const fresh = scratch;
    struct ti_lstm_turn turn = {.left = p->batch_run};

    memmove(outputs[1], inputs[4], states);
    memmove(outputs[2], inputs[5], states);

    for (int32_t r = 0; r < p->rows; r++)
    {
        float *const hidden = (float *)outputs[1] + turn.batch * p->units;
        float *const cell = (float *)outputs[2] + turn.batch * p->units;

        for (int32_t u = 0; u < p->units; u++)
        {
            fresh[u] = unit(&row, u, hidden, cell + u);
        }
        memmove(hidden, fresh, state);
        memmove(output, fresh, state);

        row.input += p->in_size;
        output += p->out_rows > 1 ? p->units : 0;
        ti_lstm_next(&turn, p->batch, p->batch_run);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lstm_f32_params *const p = step->params;
    const uint64_t states = ti_elements((const int32_t[]){p->batch, p->units}, 2);

    return ti_counts(step, 6, 3) && p->batch_run >= 1 && (p->out_rows == 1 || p->out_rows == p->rows) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->rows, p->in_size}, 2), 4) &&
           ti_place_holds(step->input[1], ti_elements((const int32_t[]){p->units, TI_LSTM_GATES, p->in_size}, 3), 4) &&
           ti_place_holds(step->input[2], ti_elements((const int32_t[]){p->units, TI_LSTM_GATES, p->units}, 3), 4) &&
           ti_place_holds(step->input[3], ti_elements((const int32_t[]){p->units, TI_LSTM_GATES}, 2), 4) &&
           ti_place_holds(step->input[4], states, 4) && ti_place_holds(step->input[5], states, 4) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->out_rows, p->units}, 2), 4) &&
           ti_place_holds(step->output[1], states, 4) && ti_place_holds(step->output[2], states, 4) &&
           step->scratch_size >= ti_mul(4, p->units);
}

const struct ti_kernel ti_lstm_f32 = {
    .run = ti_lstm_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_lstm_f32_params),
};
