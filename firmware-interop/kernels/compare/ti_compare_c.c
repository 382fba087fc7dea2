/* SPDX-License-Identifier: MIT */
#include "ti_compare.h"

#include "../common/ti_element.h"

static int32_t order_of_reals(float a, float b)
{
    return a < b ? TI_ORDER_LESS : a > b ? TI_ORDER_GREATER : a == b ? TI_ORDER_EQUAL : TI_ORDER_NONE;
}

static int32_t order_of_integers(int64_t a, int64_t b)
{
    return a < b ? TI_ORDER_LESS : a > b ? TI_ORDER_GREATER : TI_ORDER_EQUAL;
}

static int32_t order(const uint8_t *a, const uint8_t *b, int32_t type)
{
    return type == TI_TYPE_F32 ? order_of_reals(ti_load_f32(a), ti_load_f32(b))
                               : order_of_integers(ti_load_integer(a, type), ti_load_integer(b, type));
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_compare_params *const p = params;
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
            *output++ = (uint8_t)(p->relation >> order(a, b, p->type)) & 1U;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_compare_params *const p = step->params;
    const int32_t size = ti_type_size((uint32_t)p->type);

    return ti_counts(step, 2, 1) && size > 0 && ti_in_range(p->relation, 0, 15) &&
           ti_output_has(step, 0, ti_elements(p->dims, TI_BROADCAST_AXES)) &&
           ti_broadcast_inside(p->dims, p->a_strides, step->input[0].size / (uint32_t)size) &&
           ti_broadcast_inside(p->dims, p->b_strides, step->input[1].size / (uint32_t)size);
}

const struct ti_kernel ti_compare = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_compare_params),
};
