/* SPDX-License-Identifier: MIT */
#include "ti_branch.h"

static bool check(const struct ti_step_view *step)
{
    const struct ti_branch_params *const p = step->params;

    return step->outputs == 0 && ti_in_range(p->when, 0, 1) &&
           (step->inputs == 0 || (step->inputs == 1 && ti_input_has(step, 0, 1)));
}

const struct ti_kernel ti_branch = {
    .run = NULL,
    .check = check,
    .params_size = sizeof(struct ti_branch_params),
};
