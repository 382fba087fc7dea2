/* SPDX-License-Identifier: MIT */
#ifndef TI_ND_H
#define TI_ND_H

#include <string.h>

#include "ti_check.h"

/* What the kernels that move bytes share: an index of up to six dimensions, and copies of small items. */

enum
{
    TI_ND = 6 /* dimensions of every parameter struct, outermost first; unused ones lead and are 1 */
};

/* Steps `index` to the next position of the `count` outer dimensions, row-major; false after the last one. */
static inline bool ti_nd_next(int32_t *index, const int32_t *dims, int32_t count)
{
    for (int32_t d = count - 1; d >= 0; d--)
    {
        if (++index[d] < dims[d])
        {
            return true;
        }
        index[d] = 0;
    }
    return false;
}

/* memmove, without its call for items of a few bytes: operands of a damaged image may overlap. */
static inline void ti_copy(uint8_t *output, const uint8_t *input, int32_t bytes)
{
    if (bytes >= 16)
    {
        memmove(output, input, (size_t)bytes);
        return;
    }
    for (int32_t i = 0; i < bytes; i++)
    {
        output[i] = input[i];
    }
}

/* Lowest and highest byte offset of a strided block: the sum over all dimensions of 0 .. (dims - 1) * stride. */
struct ti_span
{
    int64_t low;
    int64_t high;
};

/* The span of `offset + index . stride`, or one that no operand holds when a dimension is below 1. */
static inline struct ti_span ti_nd_span(int32_t offset, const int32_t *dims, const int32_t *stride)
{
    struct ti_span span = {.low = offset, .high = offset};
    for (int32_t d = 0; d < TI_ND; d++)
    {
        const int64_t reach = ((int64_t)dims[d] - 1) * stride[d];

        span.low += reach < 0 ? reach : 0;
        span.high += reach > 0 ? reach : 0;
        if (dims[d] < 1 || span.low < 0 || span.high > INT32_MAX)
        {
            /* Refused at once, so the sums stay small. An intermediate low below 0 can only fall further. */
            return (struct ti_span){.low = -1, .high = INT32_MAX};
        }
    }
    return span;
}

/* True when `bytes` bytes from every offset of the span lie inside an operand of `size` bytes. */
static inline bool ti_span_inside(struct ti_span span, int32_t bytes, uint32_t size)
{
    return span.low >= 0 && bytes >= 1 && (uint64_t)span.high + (uint64_t)bytes <= size;
}

#endif
