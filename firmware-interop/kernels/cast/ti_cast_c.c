/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_cast.h"

static int32_t size_of(int32_t type)
{
    switch (type)
    {
    case TI_TYPE_S8:
    case TI_TYPE_U8:
    case TI_TYPE_BOOL:
        return 1;
    case TI_TYPE_S16:
        return 2;
    case TI_TYPE_S32:
    case TI_TYPE_U32:
    case TI_TYPE_F32:
        return 4;
    case TI_TYPE_S64:
    case TI_TYPE_U64:
        return 8;
    default:
        return 0;
    }
}

static int64_t load(const uint8_t *input, int32_t type)
{
    int16_t s16;
    int32_t s32;
    int64_t s64;

    switch (type)
    {
    case TI_TYPE_S8:
        return (int8_t)*input;
    case TI_TYPE_S16:
        memcpy(&s16, input, sizeof s16);
        return s16;
    case TI_TYPE_S32:
        memcpy(&s32, input, sizeof s32);
        return s32;
    case TI_TYPE_U32:
        memcpy(&s32, input, sizeof s32);
        return (uint32_t)s32;
    case TI_TYPE_S64:
    case TI_TYPE_U64:
        memcpy(&s64, input, sizeof s64);
        return s64;
    default:
        return *input;
    }
}

/* The low bytes of the value: little-endian, like everything in an image. */
static void store(uint8_t *output, int64_t value, int32_t size)
{
    for (int32_t i = 0; i < size; i++)
    {
        output[i] = (uint8_t)((uint64_t)value >> (8 * i));
    }
}

static int64_t truncated(float value, bool wide)
{
    const float limit = wide ? 9223372036854775808.0F : 2147483648.0F; /* 2^63, 2^31 */

    if (value >= limit)
    {
        return wide ? INT64_MAX : INT32_MAX;
    }
    if (value < -limit)
    {
        return wide ? INT64_MIN : INT32_MIN;
    }
    return value == value ? (int64_t)value : 0;
}

static void from_float(uint8_t *output, float value, int32_t type)
{
    if (type == TI_TYPE_F32)
    {
        memcpy(output, &value, sizeof value);
    }
    else if (type == TI_TYPE_BOOL)
    {
        *output = value != 0.0F;
    }
    else
    {
        store(output, truncated(value, type == TI_TYPE_S64), size_of(type));
    }
}

static void from_integer(uint8_t *output, int64_t value, int32_t from, int32_t type)
{
    if (type == TI_TYPE_F32)
    {
        const float real = from == TI_TYPE_U64 ? (float)(uint64_t)value : (float)value;
        memcpy(output, &real, sizeof real);
    }
    else
    {
        store(output, type == TI_TYPE_BOOL ? value != 0 : value, size_of(type));
    }
}

void ti_cast_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_cast_params *const p = params;
    const uint8_t *input = inputs[0];
    uint8_t *output = outputs[0];
    const int32_t in_size = size_of(p->from);
    const int32_t out_size = size_of(p->to);
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        if (p->from == TI_TYPE_F32)
        {
            float value;
            memcpy(&value, input, sizeof value);
            from_float(output, value, p->to);
        }
        else
        {
            from_integer(output, load(input, p->from), p->from, p->to);
        }
        input += in_size;
        output += out_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_cast_params *const p = step->params;

    return ti_counts(step, 1, 1) && size_of(p->from) != 0 && size_of(p->to) != 0 &&
           ti_input_has(step, 0, ti_mul(ti_mul(1, p->count), size_of(p->from))) &&
           ti_output_has(step, 0, ti_mul(ti_mul(1, p->count), size_of(p->to)));
}

const struct ti_kernel ti_cast = {
    .run = ti_cast_c,
    .check = check,
    .params_size = sizeof(struct ti_cast_params),
};
