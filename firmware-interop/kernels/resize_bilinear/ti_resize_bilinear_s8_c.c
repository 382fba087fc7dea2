/* SPDX-License-Identifier: MIT */
#include "ti_resize_bilinear.h"

/* Two positions along one dimension and the weight of the second. */
struct pair
{
    int32_t first;
    int32_t second;
    int32_t weight;
};

enum
{
    ONE = 1024
};

static int8_t divided(int32_t sum)
{
    const int32_t half = sum > 0 ? ONE * ONE / 2 : -(ONE * ONE / 2);
    return (int8_t)((sum + half) / (ONE * ONE));
}

/* One output position: `upper` and `lower` are the two input rows. */
static void blend(int8_t *output, const int8_t *upper, const int8_t *lower, const struct pair *x, int32_t wy,
                  int32_t depth)
{
    const int32_t first = x->first * depth;
    const int32_t second = x->second * depth;
    const int32_t w00 = (ONE - x->weight) * (ONE - wy);
    const int32_t w01 = x->weight * (ONE - wy);
    const int32_t w10 = (ONE - x->weight) * wy;
    const int32_t w11 = x->weight * wy;

    for (int32_t c = 0; c < depth; c++)
    {
        output[c] = divided(upper[first + c] * w00 + upper[second + c] * w01 + lower[first + c] * w10 +
                            lower[second + c] * w11);
    }
}

void ti_resize_bilinear_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_resize_bilinear_s8_params *const p = params;
    const int8_t *input = inputs[0];
    const struct pair *const rows = inputs[1];
    const struct pair *const columns = inputs[2];
    int8_t *output = outputs[0];
    const size_t row = (size_t)p->in_width * (size_t)p->depth;
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        for (int32_t y = 0; y < p->out_height; y++)
        {
            const int8_t *const upper = input + (size_t)rows[y].first * row;
            const int8_t *const lower = input + (size_t)rows[y].second * row;

            for (int32_t x = 0; x < p->out_width; x++)
            {
                blend(output, upper, lower, &columns[x], rows[y].weight, p->depth);
                output += p->depth;
            }
        }
        input += (size_t)p->in_height * row;
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
        if (!ti_in_range(pairs[i].first, 0, size - 1) || !ti_in_range(pairs[i].second, 0, size - 1) ||
            !ti_in_range(pairs[i].weight, -ONE, ONE))
        {
            return false;
        }
    }
    return true;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_resize_bilinear_s8_params *const p = step->params;

    return ti_counts(step, 3, 1) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->in_height, p->in_width, p->depth}, 4)) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->out_height, p->out_width, p->depth}, 4)) &&
           pairs_valid(step, 1, p->out_height, p->in_height) && pairs_valid(step, 2, p->out_width, p->in_width);
}

const struct ti_kernel ti_resize_bilinear_s8 = {
    .run = ti_resize_bilinear_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_resize_bilinear_s8_params),
};
