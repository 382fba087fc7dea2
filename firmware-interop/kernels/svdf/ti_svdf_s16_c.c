/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_svdf.h"

/* Moves the state of one filter on by a step and multiplies it with the filter over time. */
static int32_t advance(int16_t *state, const int16_t *time, const struct ti_svdf *p, int32_t product)
{
    const int32_t last = p->memory - 1;
    int32_t sum = 0;

    for (int32_t j = 0; j < last; j++)
    {
        const int32_t old = state[j + 1];
        state[j] = (int16_t)old;
        sum = ti_mac(sum, old, time[j]);
    }
    state[last] = (int16_t)(uint16_t)(p->state_zero_point + ti_clamp(product, INT16_MIN, INT16_MAX));
    return ti_mac(sum, state[last], time[last]);
}

void ti_svdf_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_svdf *const p = params;
    const int32_t filters = p->units * p->rank;
    const int32_t *const bias = inputs[4];
    const int8_t *x = inputs[0];
    int8_t *output = outputs[0];
    int16_t *state = outputs[1];
    (void)scratch;

    memmove(state, inputs[5], (size_t)p->batch * (size_t)filters * (size_t)p->memory * sizeof *state);

    for (int32_t b = 0; b < p->batch; b++)
    {
        const int16_t *time = inputs[3];
        int32_t products[4] = {0};
        int32_t f = 0;

        for (int32_t u = 0; u < p->units; u++)
        {
            int32_t sum = bias[u];

            for (int32_t r = 0; r < p->rank; r++, f++)
            {
                if ((f & 3) == 0)
                {
                    ti_svdf_features(products, p, x, inputs, f, filters - f < 4 ? filters - f : 4);
                }
                sum = ti_mac(sum, advance(state, time, p, products[f & 3]), 1);
                state += p->memory;
                time += p->memory;
            }
            *output++ = ti_svdf_output(p, sum);
        }
        x += p->in_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    return ti_svdf_valid(step, sizeof(int16_t));
}

const struct ti_kernel ti_svdf_s16 = {
    .run = ti_svdf_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_svdf_s16_params),
};
