/* SPDX-License-Identifier: MIT */
#ifndef TI_DEQUANTIZE_H
#define TI_DEQUANTIZE_H

#include "../common/ti_check.h"

/*
 * output[i] = scale * (input[i] - zero_point)
 *
 * The difference has at most 17 bits and is exact as a float, so the product is rounded once: the float that TFLite
 * Micro gets by rounding its product of doubles, which is exact. Nothing is added that a compiler could contract.
 *
 * inputs[0] input  s8, u8 or s16 [count]
 * outputs[0]       f32 [count]
 *
 * Not in place: an output is larger than the input it comes from.
 */
struct ti_dequantize_f32_params
{
    int32_t count;
    int32_t type; /* of the input: enum ti_type S8, U8 or S16 */
    float scale;
    int32_t zero_point; /* -32768..32767 */
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_dequantize_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_dequantize_f32;

#endif
