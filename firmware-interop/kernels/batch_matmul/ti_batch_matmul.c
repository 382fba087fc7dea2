/* SPDX-License-Identifier: MIT */
#include "ti_batch_matmul.h"

struct ti_batch_matmul_at ti_batch_matmul_find(const struct ti_batch_matmul_shape *shape, int32_t output)
{
    const int32_t column = output % shape->columns;
    const int32_t row = output / shape->columns % shape->rows;
    int32_t batch = output / shape->columns / shape->rows;
    struct ti_batch_matmul_at at = {.a = row * shape->a_row, .b = column * shape->b_column};

    for (int32_t d = 2; d >= 0; d--)
    {
        const int32_t index = batch % shape->batch[d];
        at.a += index * shape->a_batch[d];
        at.b += index * shape->b_batch[d];
        batch /= shape->batch[d];
    }
    return at;
}

int32_t ti_batch_matmul_outputs(const struct ti_batch_matmul_shape *shape)
{
    return shape->batch[0] * shape->batch[1] * shape->batch[2] * shape->rows * shape->columns;
}

static bool inside(struct ti_place place, const int32_t *dims, const int32_t *strides, int32_t element)
{
    uint64_t last = 0;
    for (uint32_t d = 0; d < 5; d++)
    {
        if (dims[d] < 1 || strides[d] < 0)
        {
            return false;
        }
        last += (uint64_t)(dims[d] - 1) * (uint64_t)strides[d];
    }
    return last < INT32_MAX && ti_place_holds(place, last + 1, element);
}

bool ti_batch_matmul_valid(const struct ti_step_view *step, const struct ti_batch_matmul_shape *shape, int32_t element)
{
    const int32_t *const batch = shape->batch;
    const uint64_t outputs =
        ti_elements((const int32_t[]){batch[0], batch[1], batch[2], shape->rows, shape->columns}, 5);

    return ti_counts(step, 2, 1) && ti_place_holds(step->output[0], outputs, element) &&
           inside(
               step->input[0], (const int32_t[]){batch[0], batch[1], batch[2], shape->rows, shape->depth},
               (const int32_t[]){shape->a_batch[0], shape->a_batch[1], shape->a_batch[2], shape->a_row, shape->a_depth},
               element) &&
           inside(step->input[1], (const int32_t[]){batch[0], batch[1], batch[2], shape->depth, shape->columns},
                  (const int32_t[]){shape->b_batch[0], shape->b_batch[1], shape->b_batch[2], shape->b_depth,
                                    shape->b_column},
                  element);
}
