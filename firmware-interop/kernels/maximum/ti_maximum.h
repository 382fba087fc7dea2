/* SPDX-License-Identifier: MIT */
#ifndef TI_MAXIMUM_H
#define TI_MAXIMUM_H

#include "../common/ti_broadcast.h"

/*
 * output[i] = the larger of a[i] and b[i], compared as they are stored: all three have one quantization.
 *
 * inputs[0] a  s8, walked as common/ti_broadcast.h says
 * inputs[1] b  s8
 * outputs[0]   s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_maximum_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
};

/* The same, or the smaller one, of integers of any type. */
struct ti_extremum_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t type; /* enum ti_type, of integers */
    int32_t largest;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_maximum_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_extremum;
extern const struct ti_kernel ti_maximum_s8;

#endif
