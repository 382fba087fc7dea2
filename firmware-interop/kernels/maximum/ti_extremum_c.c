/* SPDX-License-Identifier: MIT */
#include "../common/ti_element.h"
#include "../common/ti_nd.h"
#include "ti_maximum.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_extremum_params *const p = params;
    const int32_t size = ti_type_size((uint32_t)p->type);
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER] * size;
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER] * size;
    uint8_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const uint8_t *a = (const uint8_t *)inputs[0] + walk.a * size;
        const uint8_t *b = (const uint8_t *)inputs[1] + walk.b * size;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            const bool larger = ti_load_integer(a, p->type) > ti_load_integer(b, p->type);

            ti_copy(output, larger == (p->largest != 0) ? a : b, size);
            output += size;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_extremum_params *const p = step->params;
    const int32_t size = ti_type_size((uint32_t)p->type);

    return ti_counts(step, 2, 1) && size > 0 &&
           ti_output_has(step, 0, ti_mul(ti_elements(p->dims, TI_BROADCAST_AXES), size)) &&
           ti_broadcast_inside(p->dims, p->a_strides, step->input[0].size / (uint32_t)size) &&
           ti_broadcast_inside(p->dims, p->b_strides, step->input[1].size / (uint32_t)size);
}

const struct ti_kernel ti_extremum = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_extremum_params),
};
