/* SPDX-License-Identifier: MIT */
#ifndef TI_QUANTIZE_H
#define TI_QUANTIZE_H

#include "../common/ti_requantize.h"

/*
 * ti_quantize_f32, from the numbers of the world to stored ones:
 *
 *     output[i] = clamp(round(input[i] / scale) + zero_point, min and max of the type)
 *
 * in single precision, halves away from zero. A division, not a product with 1 / scale, and no multiply-add that a
 * compiler could contract: the same bits on every target. Infinities saturate; NaN becomes the lowest value. (TFLite
 * Micro leaves quotients beyond 2^31 undefined; here they saturate too.)
 *
 * inputs[0] input  f32 [count]
 * outputs[0]       s8, u8 or s16 [count]
 *
 * In place: output may start where input starts.
 */
struct ti_quantize_f32_params
{
    int32_t count;
    int32_t type; /* of the output: enum ti_type S8, U8 or S16 */
    float scale;
    int32_t zero_point; /* a value of the type */
};

/*
 * ti_requantize, from one quantization to another where the input or output has more than 8 bits (ti_lut_s8 does the
 * rest):
 *
 *     output[i] = clamp(((input[i] - input_zero_point) * multiplier, double rounding) + zero_point, range of the type)
 *
 * inputs[0] input  s8, s16 or s32 [count]
 * outputs[0]       s8, s16 or s32 [count]
 *
 * In place: output may start where input starts, when its elements are not larger.
 */
struct ti_requantize_params
{
    int32_t count;
    int32_t input_type; /* enum ti_type S8, S16 or S32 */
    int32_t type;       /* of the output, alike        */
    int32_t input_zero_point;
    int32_t multiplier;
    int32_t shift;
    int32_t zero_point;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_quantize_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_requantize_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_quantize_f32;
extern const struct ti_kernel ti_requantize;

#endif
