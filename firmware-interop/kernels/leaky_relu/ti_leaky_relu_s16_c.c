/* SPDX-License-Identifier: MIT */
#include "ti_leaky_relu.h"

void ti_leaky_relu_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_leaky_relu_s16_params *const p = params;
    const int16_t *const input = inputs[0];
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const int32_t value = input[i] - p->input_zero_point;
        const int32_t scaled =
            value >= 0 ? ti_multiply_by_quantized_multiplier(value, p->identity_multiplier, p->identity_shift)
                       : ti_mac(0, p->slope_sign,
                                ti_multiply_by_quantized_multiplier(value, p->slope_multiplier, p->slope_shift));

        output[i] = (int16_t)ti_clamp(ti_mac(scaled, p->zero_point, 1), INT16_MIN, INT16_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_leaky_relu_s16_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_in_range(p->input_zero_point, INT16_MIN, INT16_MAX) &&
           ti_multiplier_valid(p->identity_multiplier, p->identity_shift) &&
           ti_multiplier_valid(p->slope_multiplier, p->slope_shift) && ti_place_holds(step->input[0], count, 2) &&
           ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_leaky_relu_s16 = {
    .run = ti_leaky_relu_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_leaky_relu_s16_params),
};
