/* SPDX-License-Identifier: MIT */
#include "ti_lce_bconv.h"

static void store(const void *params, const void *const *inputs, void *pixel, int32_t o, int32_t count)
{
    const struct ti_lce_bconv_2d_f32_params *const p = params;
    const float *const multiplier = inputs[2];
    const float *const bias = inputs[3];

    ((float *)pixel)[o] = (float)ti_clamp(2 * count, p->min, p->max) * multiplier[o] + bias[o];
}

void ti_lce_bconv_2d_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lce_bconv_2d_f32_params *const p = params;

    ti_lce_bconv_run(&p->conv, 4 * p->conv.shape.out_depth, store, p, inputs, outputs[0], scratch);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lce_bconv_2d_f32_params *const p = step->params;

    return step->inputs == 4 && ti_lce_bconv_valid(step, &p->conv, p->conv.shape.out_depth, 4) &&
           ti_place_holds(step->input[2], (uint64_t)p->conv.shape.out_depth, 4) &&
           ti_place_holds(step->input[3], (uint64_t)p->conv.shape.out_depth, 4);
}

const struct ti_kernel ti_lce_bconv_2d_f32 = {
    .run = ti_lce_bconv_2d_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_lce_bconv_2d_f32_params),
};
