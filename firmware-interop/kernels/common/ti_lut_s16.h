/* SPDX-License-Identifier: MIT */
#ifndef TI_LUT_S16_H
#define TI_LUT_S16_H

#include "ti_check.h"

/*
 * TFLite's tables of functions of one int16: the upper 9 bits choose one of 512 entries, the lower 7 bits interpolate
 * to the next; halves are rounded up. The compiler (Ops/Table16.cs) makes them.
 */
enum
{
    TI_LUT_S16 = 513
};

static inline int16_t ti_lut_s16_at(const int16_t *table, int32_t value)
{
    const int16_t *const entry = table + 256 + (value >> 7);
    const int16_t slope = (int16_t)(entry[1] - entry[0]);

    return (int16_t)(entry[0] + ((slope * (value & 127) + 64) >> 7));
}

static inline bool ti_lut_s16_valid(const struct ti_step_view *step, uint32_t index)
{
    return ti_constant(step, index) != NULL && ti_place_holds(step->input[index], TI_LUT_S16, 2);
}

#endif
