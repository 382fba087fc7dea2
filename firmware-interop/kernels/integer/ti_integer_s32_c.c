/* SPDX-License-Identifier: MIT */
#include "ti_integer.h"

/* The fraction is dropped; by 0 it is 0. */
static int32_t quotient(int32_t a, int32_t b)
{
    return b == 0 ? 0 : b == -1 ? (int32_t)(0U - (uint32_t)a) : a / b;
}

/* What `quotient` leaves, with the sign of a. */
static int32_t rest(int32_t a, int32_t b)
{
    return b == 0 || b == -1 ? 0 : a % b;
}

/* True when the exact quotient is negative and has a fraction. */
static bool is_below(int32_t a, int32_t b)
{
    const int32_t r = rest(a, b);

    return r != 0 && (r < 0) != (b < 0);
}

static int32_t compute(int32_t operation, int32_t a, int32_t b)
{
    switch (operation)
    {
    case TI_INTEGER_ADD:
        return (int32_t)((uint32_t)a + (uint32_t)b);
    case TI_INTEGER_SUB:
        return (int32_t)((uint32_t)a - (uint32_t)b);
    case TI_INTEGER_MUL:
        return (int32_t)((uint32_t)a * (uint32_t)b);
    case TI_INTEGER_DIV:
        return quotient(a, b);
    case TI_INTEGER_MIN:
        return a < b ? a : b;
    case TI_INTEGER_MAX:
        return a > b ? a : b;
    case TI_INTEGER_FLOOR_DIV:
        return quotient(a, b) - is_below(a, b);
    default:
        return rest(a, b) + (is_below(a, b) ? b : 0);
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_integer_s32_params *const p = params;
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER];
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER];
    int32_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int32_t *a = (const int32_t *)inputs[0] + walk.a;
        const int32_t *b = (const int32_t *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            const int32_t result = compute(p->operation, *a, *b);

            *output++ = result < p->min ? p->min : result > p->max ? p->max : result;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_integer_s32_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->operation, TI_INTEGER_ADD, TI_INTEGER_FLOOR_MOD) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, sizeof(int32_t));
}

const struct ti_kernel ti_integer_s32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_integer_s32_params),
};
