/* SPDX-License-Identifier: MIT */
#include "ti_lce_bconv.h"

static void store(const void *params, const void *const *inputs, void *pixel, int32_t o, int32_t count)
{
    const int32_t *const threshold = inputs[2];
    uint32_t *const word = (uint32_t *)pixel + o / 32;
    const uint32_t bit = (count > threshold[o] ? UINT32_C(1) : 0) << (o % 32);
    (void)params;

    *word = o % 32 == 0 ? bit : *word | bit;
}

void ti_lce_bconv_2d_b1_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lce_bconv_2d_b1_params *const p = params;

    ti_lce_bconv_run(&p->conv, 4 * ti_lce_words(p->conv.shape.out_depth), store, p, inputs, outputs[0], scratch);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lce_bconv_2d_b1_params *const p = step->params;

    return step->inputs == 3 && ti_lce_bconv_valid(step, &p->conv, ti_lce_words(p->conv.shape.out_depth), 4) &&
           ti_place_holds(step->input[2], (uint64_t)p->conv.shape.out_depth, 4);
}

const struct ti_kernel ti_lce_bconv_2d_b1 = {
    .run = ti_lce_bconv_2d_b1_c,
    .check = check,
    .params_size = sizeof(struct ti_lce_bconv_2d_b1_params),
};
