/* SPDX-License-Identifier: MIT */
#ifndef TI_REDUCE_H
#define TI_REDUCE_H

#include "../common/ti_requantize_s16.h"

/*
 * One output for each index of the kept axes; each reads the elements along all reduced axes.
 *
 * reduce_sum_s8: output = requantize(offset + sum of elements), for SUM and MEAN: the offset is -zero_point * count,
 * and MEAN has 1 / count inside its multiplier. reduce_max_s8, reduce_min_s8: output = the largest or the smallest
 * element, of the same scale and zero point.
 *
 * inputs[0]  s8, any shape of up to TI_REDUCE_AXES kept and as many reduced axes after neighbours have been merged
 * outputs[0] s8, the kept axes in order
 *
 * Not in place: an element's output may lie before elements that are still to be read.
 */
enum
{
    TI_REDUCE_AXES = 3
};

/* Sizes, and elements from one index to the next; the outermost axis first, unused ones in front with size 1. */
struct ti_reduction
{
    int32_t kept_size[TI_REDUCE_AXES];
    int32_t kept_stride[TI_REDUCE_AXES];
    int32_t reduced_size[TI_REDUCE_AXES];
    int32_t reduced_stride[TI_REDUCE_AXES];
};

struct ti_reduce_sum_s8_params
{
    struct ti_reduction axes;
    int32_t offset;
    int32_t multiplier;
    int32_t shift;
    int32_t zero_point; /* of the output */
};

/* The same of int16: strides count elements. */
struct ti_reduce_sum_s16_params
{
    struct ti_reduction axes;
    int32_t offset;
    int32_t multiplier;
    int32_t shift;
    int32_t zero_point;
};

enum ti_reduce_operation
{
    TI_REDUCE_SUM = 0,
    TI_REDUCE_MAX = 1,
    TI_REDUCE_MIN = 2
};

/* output = (sum, largest or smallest element) / divisor, in float and in the order of the input. */
struct ti_reduce_f32_params
{
    struct ti_reduction axes;
    int32_t operation; /* enum ti_reduce_operation */
    float divisor;
};

struct ti_reduce_max_s8_params
{
    struct ti_reduction axes;
};

struct ti_reduce_min_s8_params
{
    struct ti_reduction axes;
};

/* Offset of the first element that an output reads, `index` counting the outputs. */
static inline int32_t ti_reduce_first(const struct ti_reduction *axes, int32_t index)
{
    const int32_t inner = index % axes->kept_size[2];
    const int32_t rest = index / axes->kept_size[2];
    const int32_t middle = rest % axes->kept_size[1];
    const int32_t outer = rest / axes->kept_size[1];

    return outer * axes->kept_stride[0] + middle * axes->kept_stride[1] + inner * axes->kept_stride[2];
}

static inline int32_t ti_reduce_outputs(const struct ti_reduction *axes)
{
    return axes->kept_size[0] * axes->kept_size[1] * axes->kept_size[2];
}

/* What the checks share, of elements of `element` bytes: every one lies in the input, and none is read twice. */
bool ti_reduction_valid(const struct ti_step_view *step, const struct ti_reduction *axes, int32_t element);

/* Portable. The truth that every other variant matches bit for bit. */
void ti_reduce_sum_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_reduce_sum_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_reduce_max_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_reduce_min_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_reduce_sum_s8;
extern const struct ti_kernel ti_reduce_sum_s16;
extern const struct ti_kernel ti_reduce_f32;
extern const struct ti_kernel ti_reduce_max_s8;
extern const struct ti_kernel ti_reduce_min_s8;

#endif
