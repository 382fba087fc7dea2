/* SPDX-License-Identifier: MIT */
#ifndef TI_PART_H
#define TI_PART_H

#include "ti_element.h"
#include "ti_nd.h"

/* A part of a row-major tensor that begins at a place known at run time, cut so that it fits. */
struct ti_part
{
    int32_t item;       /* bytes of an element */
    int32_t first;      /* leading dimensions that only pad */
    int32_t wide;       /* 1: begin is s64, else s32; [6 - first], of the dimensions from `first` on */
    int32_t dims[6];    /* of the part */
    int32_t room[6];    /* largest begin */
    int32_t strides[6]; /* of the whole in bytes */
};

/* Bytes from the start of the whole to that of the part. */
static inline int32_t ti_part_start(const struct ti_part *part, const uint8_t *begin)
{
    int32_t start = 0;

    for (int32_t d = part->first; d < TI_ND; d++)
    {
        const int64_t wanted = ti_load_integer(begin, part->wide != 0 ? TI_TYPE_S64 : TI_TYPE_S32);

        start += (wanted < 0 ? 0 : wanted < part->room[d] ? (int32_t)wanted : part->room[d]) * part->strides[d];
        begin += part->wide != 0 ? 8 : 4;
    }
    return start;
}

/* Bytes from the start of the part to its row at `index`, the outer five dimensions. */
static inline int32_t ti_part_row(const struct ti_part *part, const int32_t *index)
{
    int32_t at = 0;

    for (int32_t d = 0; d < TI_ND - 1; d++)
    {
        at += index[d] * part->strides[d];
    }
    return at;
}

static inline int32_t ti_part_row_bytes(const struct ti_part *part)
{
    return part->dims[TI_ND - 1] * part->item;
}

/* Bytes of the whole that parts reach, wherever they begin; TI_HUGE when a member is out of range. */
static inline uint64_t ti_part_reach(const struct ti_part *part)
{
    uint64_t last = 0;

    for (uint32_t d = 0; d < TI_ND; d++)
    {
        if (part->dims[d] < 1 || part->room[d] < 0 || part->strides[d] < 1 || last > INT32_MAX)
        {
            return TI_HUGE;
        }
        last += ((uint64_t)(part->dims[d] - 1) + (uint64_t)part->room[d]) * (uint64_t)part->strides[d];
    }
    return ti_in_range(part->item, 1, 8) && ti_in_range(part->first, 0, TI_ND - 1) &&
                   part->strides[TI_ND - 1] == part->item
               ? last + (uint64_t)part->item
               : TI_HUGE;
}

/* Bytes of begin, and of the part's elements one behind the other; after ti_part_reach only. */
static inline uint64_t ti_part_begin_bytes(const struct ti_part *part)
{
    return ti_mul(part->wide != 0 ? 8 : 4, TI_ND - part->first);
}

static inline uint64_t ti_part_bytes(const struct ti_part *part)
{
    return ti_mul(ti_elements(part->dims, TI_ND), part->item);
}

#endif
