/* SPDX-License-Identifier: MIT */
#include "ti_svdf.h"

#include "../common/ti_dot.h"

void ti_svdf_features(int32_t products[4], const struct ti_svdf *layer, const int8_t *x, const void *const *inputs,
                      int32_t f, int32_t count)
{
    const struct ti_patch patch = {.rows = 1, .runs = 1, .length = layer->in_size};
    const int8_t *const weights = (const int8_t *)inputs[1] + f * layer->in_size;
    const int32_t *const bias = (const int32_t *)inputs[2] + f;

    for (int32_t i = 0; i < count; i++)
    {
        products[i] = bias[i];
    }
    if (count == 4)
    {
        ti_dot4_s8(products, &patch, x, weights, layer->in_size, 0);
    }
    else
    {
        for (int32_t i = 0; i < count; i++)
        {
            products[i] = ti_dot_s8(products[i], &patch, x, weights + i * layer->in_size, 0);
        }
    }
    for (int32_t i = 0; i < count; i++)
    {
        products[i] = ti_multiply_by_quantized_multiplier(products[i], layer->feature_multiplier, layer->feature_shift);
    }
}

int8_t ti_svdf_output(const struct ti_svdf *layer, int32_t sum)
{
    return ti_requantize_s8(sum, layer->multiplier, layer->shift, layer->zero_point, INT8_MIN, INT8_MAX);
}

bool ti_svdf_valid(const struct ti_step_view *step, int32_t element_size)
{
    const struct ti_svdf *const p = step->params;
    const int32_t lowest = element_size == 1 ? INT8_MIN : INT16_MIN;
    const uint64_t filters = ti_elements((const int32_t[]){p->units, p->rank}, 2);
    const uint64_t states = ti_mul(ti_mul(filters, p->memory), p->batch);

    return ti_counts(step, 6, 2) && ti_in_range(p->state_zero_point, lowest, -1 - lowest) &&
           ti_in_range(p->zero_point, INT8_MIN, INT8_MAX) &&
           ti_multiplier_valid(p->feature_multiplier, p->feature_shift) &&
           ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->in_size}, 2)) &&
           ti_input_has(step, 1, ti_mul(filters, p->in_size)) && ti_place_holds(step->input[2], filters, 4) &&
           ti_place_holds(step->input[3], ti_mul(filters, p->memory), element_size) &&
           ti_place_holds(step->input[4], ti_mul(1, p->units), 4) &&
           ti_place_holds(step->input[5], states, element_size) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->units}, 2)) &&
           ti_place_holds(step->output[1], states, element_size);
}
