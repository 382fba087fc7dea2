/* SPDX-License-Identifier: MIT */
#ifndef TI_LOGISTIC_H
#define TI_LOGISTIC_H

#include "../common/ti_float.h"
#include "../common/ti_requantize.h"
#include "../common/ti_sigmoid.h"

/*
 * output[i] = 1 / (1 + exp(-x)) in Q0.15, with x in units of 1 / 12288 being (input[i] * multiplier + half) >> shift.
 * (Of int8 it is a table: kernels/lut.)
 *
 * inputs[0]  s16 [count]
 * inputs[1]  u16 [256], constant: the table of ti_sigmoid.h
 * outputs[0] s16 [count]
 *
 * In place: output may be input.
 */
struct ti_logistic_s16_params
{
    int32_t count;
    int32_t multiplier; /* not negative; products with one above 32767 wrap, as TFLite's do */
    int32_t shift;      /* 0..31    */
};

/* Of floats: 1 above 16.619047, exp(x) below -9. */
struct ti_logistic_f32_params
{
    int32_t count;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_logistic_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_logistic_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_logistic_s16;
extern const struct ti_kernel ti_logistic_f32;

#endif
