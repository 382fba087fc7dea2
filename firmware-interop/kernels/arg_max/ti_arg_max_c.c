/* SPDX-License-Identifier: MIT */
#include "ti_arg_max.h"

/*
 * An int32 that orders as the float with these bits: magnitudes of negative floats run backwards, the two zeros are
 * equal, and what is not a number comes before everything in either direction.
 */
static int32_t float_key(uint32_t bits, int32_t flip)
{
    const int32_t magnitude = (int32_t)(bits & 0x7FFFFFFFU);

    if (magnitude > 0x7F800000)
    {
        return INT32_MIN;
    }
    return ((bits >> 31) != 0 ? -magnitude : magnitude) ^ flip;
}

/* Element `at` as an int32 whose order is the wanted one: `flip` is -1, which turns every order round, for smallest. */
static int32_t key(const void *input, size_t at, int32_t type, int32_t flip)
{
    switch (type)
    {
    case TI_TYPE_S8:
        return ((const int8_t *)input)[at] ^ flip;
    case TI_TYPE_U8:
        return ((const uint8_t *)input)[at] ^ flip;
    case TI_TYPE_S16:
        return ((const int16_t *)input)[at] ^ flip;
    case TI_TYPE_S32:
        return ((const int32_t *)input)[at] ^ flip;
    default:
        return float_key(((const uint32_t *)input)[at], flip);
    }
}

static int32_t first_best(const struct ti_arg_max_params *p, const void *input, size_t at)
{
    const int32_t flip = p->smallest != 0 ? -1 : 0;
    int32_t best = key(input, at, p->type, flip);
    int32_t where = 0;

    for (int32_t a = 1; a < p->axis; a++)
    {
        at += (size_t)p->inner;
        const int32_t candidate = key(input, at, p->type, flip);
        if (candidate > best)
        {
            best = candidate;
            where = a;
        }
    }
    return where;
}

void ti_arg_max_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_arg_max_params *const p = params;
    int32_t *output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < p->outer; o++)
    {
        for (int32_t i = 0; i < p->inner; i++)
        {
            *output++ = first_best(p, inputs[0], (size_t)o * (size_t)p->axis * (size_t)p->inner + (size_t)i);
            if (p->out_type == TI_TYPE_S64)
            {
                *output++ = 0; /* the high word */
            }
        }
    }
}

static int32_t size_of(int32_t type)
{
    switch (type)
    {
    case TI_TYPE_S8:
    case TI_TYPE_U8:
        return 1;
    case TI_TYPE_S16:
        return 2;
    case TI_TYPE_S32:
    case TI_TYPE_F32:
        return 4;
    default:
        return 0;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_arg_max_params *const p = step->params;
    const int32_t size = size_of(p->type);
    const int32_t out_size = p->out_type == TI_TYPE_S64 ? 8 : 4;

    return ti_counts(step, 1, 1) && size != 0 && (p->out_type == TI_TYPE_S32 || p->out_type == TI_TYPE_S64) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->outer, p->axis, p->inner}, 3), size) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->outer, p->inner}, 2), out_size);
}

const struct ti_kernel ti_arg_max = {
    .run = ti_arg_max_c,
    .check = check,
    .params_size = sizeof(struct ti_arg_max_params),
};
