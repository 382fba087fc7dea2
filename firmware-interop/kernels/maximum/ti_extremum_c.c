/* SPDX-License-Identifier: MIT */
#include "../common/ti_element.h"
#include "../common/ti_nd.h"
#include "ti_maximum.h"

static void pair(const void *params, const uint8_t *a, const uint8_t *b, uint8_t *output)
{
    const struct ti_extremum_params *const p = params;
    const bool larger = ti_load_integer(a, p->type) > ti_load_integer(b, p->type);

    ti_copy(output, larger == (p->largest != 0) ? a : b, ti_type_size((uint32_t)p->type));
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_extremum_params *const p = params;
    const int32_t size = ti_type_size((uint32_t)p->type);
    (void)scratch;

    ti_broadcast_bytes(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), size, inputs, outputs[0], size, pair,
                       p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_extremum_params *const p = step->params;
    const int32_t size = ti_type_size((uint32_t)p->type);

    return ti_counts(step, 2, 1) && size > 0 &&
           ti_broadcast_holds(step, p->dims, p->a_strides, p->b_strides, size, size, size);
}

const struct ti_kernel ti_extremum = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_extremum_params),
};
