/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_svdf.h"

static float dot(const float *a, const float *b, int32_t count)
{
    float sum = 0;

    for (int32_t i = 0; i < count; i++)
    {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Moves the state of one filter on by a step and multiplies it with the filter over time. */
static float advance(float *state, const float *time, int32_t memory, float product)
{
    memmove(state, state + 1, (size_t)(memory - 1) * sizeof *state);
    state[memory - 1] = product;
    return dot(time, state, memory);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_svdf_f32_params *const p = params;
    const size_t states = (size_t)p->batch * (size_t)p->units * (size_t)p->rank * (size_t)p->memory;
    const float *const bias = inputs[3];
    const float *x = inputs[0];
    float *output = outputs[0];
    float *state = outputs[1];
    (void)scratch;

    memmove(state, inputs[4], states * sizeof *state);

    for (int32_t b = 0; b < p->batch; b++)
    {
        const float *features = inputs[1];
        const float *time = inputs[2];

        for (int32_t u = 0; u < p->units; u++)
        {
            float sum = bias[u];

            for (int32_t r = 0; r < p->rank; r++)
            {
                sum += advance(state, time, p->memory, dot(features, x, p->in_size));
                features += p->in_size;
                time += p->memory;
                state += p->memory;
            }
            *output++ = ti_clamp_f32(sum, p->min, p->max);
        }
        x += p->in_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_svdf_f32_params *const p = step->params;
    const uint64_t filters = ti_elements((const int32_t[]){p->units, p->rank}, 2);
    const uint64_t states = ti_mul(ti_mul(filters, p->memory), p->batch);

    return ti_counts(step, 5, 2) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->batch, p->in_size}, 2), 4) &&
           ti_place_holds(step->input[1], ti_mul(filters, p->in_size), 4) &&
           ti_place_holds(step->input[2], ti_mul(filters, p->memory), 4) &&
           ti_place_holds(step->input[3], ti_mul(1, p->units), 4) && ti_place_holds(step->input[4], states, 4) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->batch, p->units}, 2), 4) &&
           ti_place_holds(step->output[1], states, 4);
}

const struct ti_kernel ti_svdf_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_svdf_f32_params),
};
