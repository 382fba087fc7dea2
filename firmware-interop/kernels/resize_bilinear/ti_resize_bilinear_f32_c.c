/* SPDX-License-Identifier: MIT */
#include "ti_resize_bilinear.h"

#include "../common/ti_float.h"

/* Two positions along one dimension and the weight of the second. */
struct pair
{
    int32_t first;
    int32_t second;
    float weight;
};

/* One output position: `upper` and `lower` are the two input rows. */
static void blend(float *output, const float *upper, const float *lower, const struct pair *x, float wy, int32_t depth)
{
    const float wx = x->weight;
    const int32_t first = x->first * depth;
    const int32_t second = x->second * depth;

    for (int32_t c = 0; c < depth; c++)
    {
        output[c] = upper[first + c] * (1 - wy) * (1 - wx) + lower[first + c] * wy * (1 - wx) +
                    upper[second + c] * (1 - wy) * wx + lower[second + c] * wy * wx + 0.0F;
    }
}

static bool pairs_valid(const struct ti_step_view *step, uint32_t index, int32_t count, int32_t size)
{
    const struct pair *const pairs = ti_constant(step, index);

    if (pairs == NULL || !ti_place_holds(step->input[index], ti_mul(3, count), 4))
    {
        return false;
    }
    for (int32_t i = 0; i < count; i++)
    {
        if (!ti_in_range(pairs[i].first, 0, size - 1) || !ti_in_range(pairs[i].second, 0, size - 1))
        {
            return false;
        }
    }
    return true;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_resize_bilinear_f32_params *const p = params;
    (void)scratch;
    const struct pair *const rows = inputs[1];
    const struct pair *const columns = inputs[2];
    const size_t row = (size_t)p->in_width * (size_t)p->depth;
    const float *input = inputs[0];
    float *output = outputs[0];

    for (int32_t b = 0; b < p->batch; b++)
    {
        for (int32_t y = 0; y < p->out_height; y++)
        {
            const float *const upper = input + (size_t)rows[y].first * row;
            const float *const lower = input + (size_t)rows[y].second * row;

            for (int32_t x = 0; x < p->out_width; x++)
            {
                blend(output, upper, lower, &columns[x], rows[y].weight, p->depth);
                output += p->depth;
            }
        }
        input += (size_t)p->in_height * row;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_resize_bilinear_f32_params *const p = step->params;

    return ti_counts(step, 3, 1) &&
           ti_place_holds(step->input[0],
                          ti_elements((const int32_t[]){p->batch, p->in_height, p->in_width, p->depth}, 4), 4) &&
           ti_place_holds(step->output[0],
                          ti_elements((const int32_t[]){p->batch, p->out_height, p->out_width, p->depth}, 4), 4) &&
           pairs_valid(step, 1, p->out_height, p->in_height) && pairs_valid(step, 2, p->out_width, p->in_width);
}

const struct ti_kernel ti_resize_bilinear_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_resize_bilinear_f32_params),
};
