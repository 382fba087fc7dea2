/* SPDX-License-Identifier: MIT */
#include "ti_reduce.h"

bool ti_reduction_valid(const struct ti_step_view *step, const struct ti_reduction *axes, int32_t element)
{
    const uint64_t outputs = ti_elements(axes->kept_size, TI_REDUCE_AXES);
    const uint64_t terms = ti_elements(axes->reduced_size, TI_REDUCE_AXES);
    uint64_t last = 0;

    if (!ti_counts(step, 1, 1) || outputs == TI_HUGE || terms == TI_HUGE)
    {
        return false;
    }
    for (uint32_t i = 0; i < TI_REDUCE_AXES; i++)
    {
        if (axes->kept_stride[i] < 0 || axes->reduced_stride[i] < 0)
        {
            return false;
        }
        last += (uint64_t)(axes->kept_size[i] - 1) * (uint64_t)axes->kept_stride[i];
        last += (uint64_t)(axes->reduced_size[i] - 1) * (uint64_t)axes->reduced_stride[i];
    }

    /* As many elements are read as the input has at most, whatever the strides: the work is bounded too. */
    return last < INT32_MAX && ti_place_holds(step->input[0], last + 1, element) &&
           ti_place_holds(step->input[0], ti_mul(outputs, (int32_t)terms), element) &&
           ti_place_holds(step->output[0], outputs, element);
}
