/* SPDX-License-Identifier: MIT */
#include "ti_quantize.h"

static inline int32_t load(const void *input, int32_t type, int32_t i)
{
    switch (type)
    {
    case TI_TYPE_S8:
        return ((const int8_t *)input)[i];
    case TI_TYPE_S16:
        return ((const int16_t *)input)[i];
    default:
        return ((const int32_t *)input)[i];
    }
}

static inline void store(void *output, int32_t type, int32_t i, int32_t value)
{
    switch (type)
    {
    case TI_TYPE_S8:
        ((int8_t *)output)[i] = (int8_t)ti_clamp(value, INT8_MIN, INT8_MAX);
        break;
    case TI_TYPE_S16:
        ((int16_t *)output)[i] = (int16_t)ti_clamp(value, INT16_MIN, INT16_MAX);
        break;
    default:
        ((int32_t *)output)[i] = value;
        break;
    }
}

void ti_requantize_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_requantize_params *const p = params;
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const uint32_t value = (uint32_t)load(inputs[0], p->input_type, i) - (uint32_t)p->input_zero_point;
        const int32_t scaled = ti_multiply_by_quantized_multiplier((int32_t)value, p->multiplier, p->shift);

        store(outputs[0], p->type, i, (int32_t)((uint32_t)scaled + (uint32_t)p->zero_point));
    }
}

/* Bytes of an element, 0 for a type that the kernel does not know. */
static int32_t element(int32_t type)
{
    return type == TI_TYPE_S8 ? 1 : type == TI_TYPE_S16 ? 2 : type == TI_TYPE_S32 ? 4 : 0;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_requantize_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_input_has(step, 0, ti_mul(count, element(p->input_type))) &&
           ti_output_has(step, 0, ti_mul(count, element(p->type)));
}

const struct ti_kernel ti_requantize = {
    .run = ti_requantize_c,
    .check = check,
    .params_size = sizeof(struct ti_requantize_params),
};
