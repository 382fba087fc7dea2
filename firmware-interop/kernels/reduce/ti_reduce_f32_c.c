/* SPDX-License-Identifier: MIT */
#include "../common/ti_float.h"
#include "ti_reduce.h"

/* The lowest and the highest finite number: what TFLite Micro's comparisons start from. */
static float start(int32_t operation)
{
    const float highest = 3.402823466e+38F;
    return operation == TI_REDUCE_SUM ? 0 : operation == TI_REDUCE_MAX ? -highest : highest;
}

static float next(int32_t operation, float value, float element)
{
    switch (operation)
    {
    case TI_REDUCE_SUM:
        return element + value;
    case TI_REDUCE_MAX:
        return element > value ? element : value;
    default:
        return element < value ? element : value;
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_reduce_f32_params *const p = params;
    const int32_t *const size = p->axes.reduced_size;
    const int32_t *const stride = p->axes.reduced_stride;
    const int32_t count = ti_reduce_outputs(&p->axes);
    const float *const input = inputs[0];
    float *const output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < count; o++)
    {
        const float *const first = input + ti_reduce_first(&p->axes, o);
        float value = start(p->operation);

        for (int32_t outer = 0; outer < size[0]; outer++)
        {
            for (int32_t middle = 0; middle < size[1]; middle++)
            {
                const float *at = first + outer * stride[0] + middle * stride[1];

                for (int32_t inner = size[2]; inner > 0; inner--)
                {
                    value = next(p->operation, value, *at);
                    at += stride[2];
                }
            }
        }
        output[o] = value / p->divisor;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_reduce_f32_params *const p = step->params;

    return ti_in_range(p->operation, TI_REDUCE_SUM, TI_REDUCE_MIN) && ti_reduction_valid(step, &p->axes, sizeof(float));
}

const struct ti_kernel ti_reduce_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_reduce_f32_params),
};
