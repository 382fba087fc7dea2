/* SPDX-License-Identifier: MIT */
#ifndef TI_ELEMENT_H
#define TI_ELEMENT_H

#include <string.h>

#include "tinyinfer.h"

/* Elements of any type, for kernels that are told theirs by number. */

/* Bytes of an element; 0 for a number that is no enum ti_type. */
static inline int32_t ti_type_size(uint32_t type)
{
    switch (type)
    {
    case TI_TYPE_S8:
    case TI_TYPE_U8:
    case TI_TYPE_BOOL:
        return 1;
    case TI_TYPE_S16:
        return 2;
    case TI_TYPE_S32:
    case TI_TYPE_U32:
    case TI_TYPE_F32:
        return 4;
    case TI_TYPE_S64:
    case TI_TYPE_U64:
        return 8;
    default:
        return 0;
    }
}

/* An integer at any address; the upper half of uint64 comes out negative. */
static inline int64_t ti_load_integer(const uint8_t *input, int32_t type)
{
    int16_t s16;
    int32_t s32;
    int64_t s64;

    switch (type)
    {
    case TI_TYPE_S8:
        return (int8_t)*input;
    case TI_TYPE_S16:
        memcpy(&s16, input, sizeof s16);
        return s16;
    case TI_TYPE_S32:
        memcpy(&s32, input, sizeof s32);
        return s32;
    case TI_TYPE_U32:
        memcpy(&s32, input, sizeof s32);
        return (uint32_t)s32;
    case TI_TYPE_S64:
    case TI_TYPE_U64:
        memcpy(&s64, input, sizeof s64);
        return s64;
    default:
        return *input;
    }
}

static inline float ti_load_f32(const uint8_t *input)
{
    float value;
    memcpy(&value, input, sizeof value);
    return value;
}

#endif
