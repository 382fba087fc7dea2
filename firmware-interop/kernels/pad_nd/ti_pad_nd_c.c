/* SPDX-License-Identifier: MIT */
#include "ti_pad_nd.h"

/* True when all bytes of the value are equal: int8 and every zero. */
static bool uniform(const struct ti_pad_nd_params *p)
{
    const uint32_t byte = (uint32_t)p->value[0] & 0xFFU;
    return p->value[0] == p->value[1] && (uint32_t)p->value[0] == byte * 0x01010101U;
}

static uint8_t *fill(uint8_t *output, const struct ti_pad_nd_params *p, int32_t elements)
{
    const size_t bytes = (size_t)elements * (size_t)p->element;
    const uint8_t *const value = (const uint8_t *)p->value;

    if (uniform(p))
    {
        memset(output, value[0], bytes);
    }
    else
    {
        for (size_t i = 0; i < bytes; i++)
        {
            output[i] = value[i & 7U];
        }
    }
    return output + bytes;
}

/* True when the outer part of an output index lies over the input. */
static bool inside(const int32_t *index, const struct ti_pad_nd_params *p)
{
    for (int32_t d = 0; d < TI_ND - 1; d++)
    {
        if (index[d] < p->before[d] || index[d] - p->before[d] >= p->dims[d])
        {
            return false;
        }
    }
    return true;
}

void ti_pad_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_pad_nd_params *const p = params;
    const uint8_t *input = inputs[0];
    uint8_t *output = outputs[0];
    const int32_t last = TI_ND - 1;
    const size_t row = (size_t)p->dims[last] * (size_t)p->element;
    int32_t out_dims[TI_ND];
    int32_t index[TI_ND - 1] = {0};
    (void)scratch;

    for (int32_t d = 0; d < TI_ND; d++)
    {
        out_dims[d] = p->before[d] + p->dims[d] + p->after[d];
    }

    do
    {
        if (inside(index, p))
        {
            output = fill(output, p, p->before[last]);
            memmove(output, input, row);
            input += row;
            output = fill(output + row, p, p->after[last]);
        }
        else
        {
            output = fill(output, p, out_dims[last]);
        }
    } while (ti_nd_next(index, out_dims, last));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_pad_nd_params *const p = step->params;
    const bool known = p->element == 1 || p->element == 2 || p->element == 4 || p->element == 8;
    int32_t out_dims[TI_ND];

    if (!known || !ti_counts(step, 1, 1))
    {
        return false;
    }
    for (int32_t d = 0; d < TI_ND; d++)
    {
        const int64_t size = (int64_t)p->before[d] + p->dims[d] + p->after[d];

        if (p->before[d] < 0 || p->after[d] < 0 || p->dims[d] < 1 || size > INT32_MAX)
        {
            return false;
        }
        out_dims[d] = (int32_t)size;
    }
    return ti_input_has(step, 0, ti_mul(ti_elements(p->dims, TI_ND), p->element)) &&
           ti_output_has(step, 0, ti_mul(ti_elements(out_dims, TI_ND), p->element));
}

const struct ti_kernel ti_pad_nd = {
    .run = ti_pad_nd_c,
    .check = check,
    .params_size = sizeof(struct ti_pad_nd_params),
};
