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

static void pair(const void *params, const uint8_t *a, const uint8_t *b, uint8_t *output)
{
    const struct ti_compare_params *const p = params;

    *output = (uint8_t)(p->relation >> order(a, b, p->type)) & 1U;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_compare_params *const p = params;
    (void)scratch;

    ti_broadcast_bytes(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), ti_type_size((uint32_t)p->type), inputs,
                       outputs[0], 1, pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_compare_params *const p = step->params;
    const int32_t size = ti_type_size((uint32_t)p->type);

    return ti_counts(step, 2, 1) && size > 0 && ti_in_range(p->relation, 0, 15) &&
           ti_broadcast_holds(step, p->dims, p->a_strides, p->b_strides, size, size, 1);
}

const struct ti_kernel ti_compare = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_compare_params),
};
