/* SPDX-License-Identifier: MIT */
#ifndef TI_CHECK_H
#define TI_CHECK_H

#include "ti_kernel.h"

/*
 * Helpers for ti_check_fn: sizes are computed in 64 bits and saturate, so that no product can wrap. Every dimension is
 * at least 1: a hostile zero would make an outer loop long and its operands empty. No operand has 2^31 bytes or more,
 * so kernels compute offsets in int32_t.
 */

#define TI_HUGE UINT64_C(0x7FFFFFFFFFFFFFFF)

static inline uint64_t ti_mul(uint64_t a, int32_t b)
{
    return (b < 1 || a > INT32_MAX / (uint64_t)b) ? TI_HUGE : a * (uint64_t)b;
}

/* Product of `count` dimensions, TI_HUGE when one is below 1. */
static inline uint64_t ti_elements(const int32_t *dims, uint32_t count)
{
    uint64_t product = 1;
    for (uint32_t i = 0; i < count; i++)
    {
        product = ti_mul(product, dims[i]);
    }
    return product;
}

static inline bool ti_counts(const struct ti_step_view *step, uint32_t inputs, uint32_t outputs)
{
    return step->inputs == inputs && step->outputs == outputs;
}

static inline bool ti_input_has(const struct ti_step_view *step, uint32_t index, uint64_t bytes)
{
    return step->input[index].size >= bytes;
}

static inline bool ti_output_has(const struct ti_step_view *step, uint32_t index, uint64_t bytes)
{
    return step->output[index].size >= bytes;
}

/* `count` elements of 2, 4 or 8 bytes at an address that suits them (never more than 4). */
static inline bool ti_place_holds(struct ti_place place, uint64_t count, int32_t element_size)
{
    const uint32_t alignment = element_size < 4 ? (uint32_t)element_size : 4U;
    return place.size >= ti_mul(count, element_size) && (place.location & (alignment - 1U)) == 0;
}

static inline bool ti_in_range(int32_t value, int32_t min, int32_t max)
{
    return value >= min && value <= max;
}

/* A constant input's bytes, or NULL when it is computed on the device. */
static inline const void *ti_constant(const struct ti_step_view *step, uint32_t index)
{
    const struct ti_place place = step->input[index];
    return (place.location >> 28) == TI_REGION_IMAGE ? step->image + (place.location & 0x0FFFFFFFU) : NULL;
}

#endif
