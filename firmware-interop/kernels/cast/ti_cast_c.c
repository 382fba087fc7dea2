/* SPDX-License-Identifier: MIT */
#include "ti_cast.h"

#include "../common/ti_element.h"

/* The low bytes of the value: little-endian, like everything in an image. */
static void store(uint8_t *output, int64_t value, int32_t size)
{
    const int16_t s16 = (int16_t)value;
    const int32_t s32 = (int32_t)value;

    switch (size)
    {
    case 1:
        *output = (uint8_t)value;
        break;
    case 2:
        memcpy(output, &s16, sizeof s16);
        break;
    case 4:
        memcpy(output, &s32, sizeof s32);
        break;
    default:
        memcpy(output, &value, sizeof value);
        break;
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
        store(output, truncated(value, type == TI_TYPE_S64), ti_type_size((uint32_t)type));
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
        store(output, type == TI_TYPE_BOOL ? value != 0 : value, ti_type_size((uint32_t)type));
    }
}

void ti_cast_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_cast_params *const p = params;
    const uint8_t *input = inputs[0];
    uint8_t *output = outputs[0];
    const int32_t in_size = ti_type_size((uint32_t)p->from);
    const int32_t out_size = ti_type_size((uint32_t)p->to);
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        if (p->from == TI_TYPE_F32)
        {
            from_float(output, ti_load_f32(input), p->to);
        }
        else
        {
            from_integer(output, ti_load_integer(input, p->from), p->from, p->to);
        }
        input += in_size;
        output += out_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_cast_params *const p = step->params;

    return ti_counts(step, 1, 1) && ti_type_size((uint32_t)p->from) != 0 && ti_type_size((uint32_t)p->to) != 0 &&
           ti_input_has(step, 0, ti_mul(ti_mul(1, p->count), ti_type_size((uint32_t)p->from))) &&
           ti_output_has(step, 0, ti_mul(ti_mul(1, p->count), ti_type_size((uint32_t)p->to)));
}

const struct ti_kernel ti_cast = {
    .run = ti_cast_c,
    .check = check,
    .params_size = sizeof(struct ti_cast_params),
};
