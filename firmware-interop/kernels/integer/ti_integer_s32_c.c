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

static int32_t within(const struct ti_integer_s32_params *p, int32_t result)
{
    return result < p->min ? p->min : result > p->max ? p->max : result;
}

static int32_t add(const void *params, int32_t a, int32_t b)
{
    return within(params, (int32_t)((uint32_t)a + (uint32_t)b));
}

static int32_t sub(const void *params, int32_t a, int32_t b)
{
    return within(params, (int32_t)((uint32_t)a - (uint32_t)b));
}

static int32_t mul(const void *params, int32_t a, int32_t b)
{
    return within(params, (int32_t)((uint32_t)a * (uint32_t)b));
}

static int32_t div(const void *params, int32_t a, int32_t b)
{
    return within(params, quotient(a, b));
}

static int32_t min(const void *params, int32_t a, int32_t b)
{
    return within(params, a < b ? a : b);
}

static int32_t max(const void *params, int32_t a, int32_t b)
{
    return within(params, a > b ? a : b);
}

static int32_t floor_div(const void *params, int32_t a, int32_t b)
{
    return within(params, quotient(a, b) - is_below(a, b));
}

static int32_t floor_mod(const void *params, int32_t a, int32_t b)
{
    return within(params, rest(a, b) + (is_below(a, b) ? b : 0));
}

static int32_t squared_difference(const void *params, int32_t a, int32_t b)
{
    const uint32_t difference = (uint32_t)a - (uint32_t)b;

    return within(params, (int32_t)(difference * difference));
}

/* A loop for each operation: what to do is decided once. */
static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_integer_s32_params *const p = params;
    const struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    (void)scratch;

    switch (p->operation)
    {
    case TI_INTEGER_ADD:
        ti_broadcast_s32(walk, inputs, outputs[0], add, p);
        break;
    case TI_INTEGER_SUB:
        ti_broadcast_s32(walk, inputs, outputs[0], sub, p);
        break;
    case TI_INTEGER_MUL:
        ti_broadcast_s32(walk, inputs, outputs[0], mul, p);
        break;
    case TI_INTEGER_DIV:
        ti_broadcast_s32(walk, inputs, outputs[0], div, p);
        break;
    case TI_INTEGER_MIN:
        ti_broadcast_s32(walk, inputs, outputs[0], min, p);
        break;
    case TI_INTEGER_MAX:
        ti_broadcast_s32(walk, inputs, outputs[0], max, p);
        break;
    case TI_INTEGER_FLOOR_DIV:
        ti_broadcast_s32(walk, inputs, outputs[0], floor_div, p);
        break;
    case TI_INTEGER_SQUARED_DIFFERENCE:
        ti_broadcast_s32(walk, inputs, outputs[0], squared_difference, p);
        break;
    default:
        ti_broadcast_s32(walk, inputs, outputs[0], floor_mod, p);
        break;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_integer_s32_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->operation, TI_INTEGER_ADD, TI_INTEGER_SQUARED_DIFFERENCE) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, sizeof(int32_t));
}

const struct ti_kernel ti_integer_s32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_integer_s32_params),
};
