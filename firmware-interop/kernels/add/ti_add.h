/* SPDX-License-Identifier: MIT */
#ifndef TI_ADD_H
#define TI_ADD_H

#include "../common/ti_broadcast.h"
#include "../common/ti_float.h"
#include "../common/ti_requantize_s16.h"

/*
 * Quantized addition and subtraction. TFLite Micro computes, with left = 20, x' = x - x_zero_point and the double
 * rounding of ti_multiply_by_quantized_multiplier (written "* m" here, m being smaller than one)
 *
 *     output[i] = clamp(output_zero_point + ((a'[i] << left) * a_m + sign * (b'[i] << left) * b_m) * output_m, min,
 * max)
 *
 * ti_add_rescaled_s8 is that formula. ti_add_s8 is one multiply-add an operand:
 *
 *     output[i] = clamp((a[i] * a_multiplier + b[i] * b_multiplier + offset) >> shift, min, max)
 *
 * with constants for which the compiler (Ops/LinearFit.cs) has found both to agree for all 65,536 pairs (a, b). Nearly
 * all quantizations have such constants.
 *
 * inputs[0] a  s8, walked as common/ti_broadcast.h says
 * inputs[1] b  s8
 * outputs[0]   s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_add_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_multiplier; /* 128 * (|a_multiplier| + |b_multiplier|) + |offset| < 2^31 */
    int32_t b_multiplier;
    int32_t offset;
    int32_t shift; /* 0..30                        */
    int32_t min;   /* fused activation, -128..127  */
    int32_t max;
};

struct ti_add_rescaled_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t sign; /* of b: 1 adds, -1 subtracts */
    int32_t a_zero_point;
    int32_t a_multiplier;
    int32_t a_shift; /* -31..0, as the other shifts */
    int32_t b_zero_point;
    int32_t b_multiplier;
    int32_t b_shift;
    int32_t zero_point; /* of the output */
    int32_t multiplier;
    int32_t shift;
    int32_t min; /* fused activation, -128..127 */
    int32_t max;
};

/* The formula with left = 15 for int16; all members as above, zero points and clamp of int16. */
struct ti_add_rescaled_s16_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t sign;
    int32_t a_zero_point;
    int32_t a_multiplier;
    int32_t a_shift;
    int32_t b_zero_point;
    int32_t b_multiplier;
    int32_t b_shift;
    int32_t zero_point;
    int32_t multiplier;
    int32_t shift;
    int32_t min;
    int32_t max;
};

/* An operand in the units of the sum. `value` and `zero_point` differ by less than 2^(31 - left). */
static inline int32_t ti_add_term(int32_t value, int32_t zero_point, int32_t left, int32_t multiplier, int32_t shift)
{
    return ti_multiply_by_quantized_multiplier((value - zero_point) * (INT32_C(1) << left), multiplier, shift);
}

/* Scales smaller than one, so that a term is below 2^30 in magnitude. */
static inline bool ti_add_scale_valid(int32_t multiplier, int32_t shift)
{
    return multiplier >= 0 && ti_in_range(shift, -31, 0);
}

/* Of floats: a + sign * b, clamped. */
struct ti_add_f32_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    float sign; /* of b: 1 adds, -1 subtracts */
    float min;  /* fused activation */
    float max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_add_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_add_rescaled_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_add_rescaled_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_add_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_add_s8;
extern const struct ti_kernel ti_add_rescaled_s8;
extern const struct ti_kernel ti_add_rescaled_s16;
extern const struct ti_kernel ti_add_f32;

#endif
