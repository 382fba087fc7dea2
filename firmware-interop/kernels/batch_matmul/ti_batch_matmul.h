/* SPDX-License-Identifier: MIT */
#ifndef TI_BATCH_MATMUL_H
#define TI_BATCH_MATMUL_H

#include "../common/ti_requantize_s16.h"

/*
 * output[b, r, c] = sum over k of a[b, r, k] * b[b, k, c], less the zero points and requantized where types are
 * integers.
 *
 * inputs[0] a  any strides, in elements; an operand that serves all batches has stride 0 there
 * inputs[1] b  the same type
 * outputs[0]   [batch[0], batch[1], batch[2], rows, columns]
 *
 * s8 accumulates in int32, s16 in int64 with the rounding of ti_multiply_wide, f32 in float and in the order of k.
 * Not in place.
 */
struct ti_batch_matmul_shape
{
    int32_t batch[3];
    int32_t rows;
    int32_t columns;
    int32_t depth;
    int32_t a_batch[3]; /* strides */
    int32_t a_row;
    int32_t a_depth;
    int32_t b_batch[3];
    int32_t b_depth;
    int32_t b_column;
};

struct ti_batch_matmul_s8_params
{
    struct ti_batch_matmul_shape shape;
    int32_t a_zero_point;
    int32_t b_zero_point;
    int32_t zero_point;
    int32_t multiplier;
    int32_t shift;
};

struct ti_batch_matmul_s16_params
{
    struct ti_batch_matmul_shape shape;
    int32_t multiplier; /* of ti_multiply_wide */
    int32_t shift;
};

struct ti_batch_matmul_f32_params
{
    struct ti_batch_matmul_shape shape;
};

/* Elements from the start of both operands to those of one output. */
struct ti_batch_matmul_at
{
    int32_t a;
    int32_t b;
};

struct ti_batch_matmul_at ti_batch_matmul_find(const struct ti_batch_matmul_shape *shape, int32_t output);

int32_t ti_batch_matmul_outputs(const struct ti_batch_matmul_shape *shape);

bool ti_batch_matmul_valid(const struct ti_step_view *step, const struct ti_batch_matmul_shape *shape, int32_t element);

extern const struct ti_kernel ti_batch_matmul_s8;
extern const struct ti_kernel ti_batch_matmul_s16;
extern const struct ti_kernel ti_batch_matmul_f32;

#endif
