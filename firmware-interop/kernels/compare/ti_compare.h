/* SPDX-License-Identifier: MIT */
#ifndef TI_COMPARE_H
#define TI_COMPARE_H

#include "../common/ti_broadcast.h"

/* How a stands to b. NaN stands to nothing, itself included. */
enum ti_order
{
    TI_ORDER_LESS = 0,
    TI_ORDER_EQUAL = 1,
    TI_ORDER_GREATER = 2,
    TI_ORDER_NONE = 3
};

/*
 * output[i] = bit `order of a[i] and b[i]` of relation, a set of orders: a >= b is 1 << TI_ORDER_EQUAL | 1 <<
 * TI_ORDER_GREATER.
 *
 * compare: elements as they are stored.
 * compare_s8: quantized ones, by their real values in units of 2^-8:
 *     requantize((x - zero_point) * 256, scale), rounded as TFLite rounds
 *
 * inputs[0] a  type `type`, walked as common/ti_broadcast.h says
 * inputs[1] b  the same type
 * outputs[0]   bool [product of dims]
 *
 * In place: output may be an input that has the output's shape; an element is read before the byte of its result is
 * written.
 */
struct ti_compare_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t relation;
    int32_t type; /* enum ti_type */
};

struct ti_compare_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t relation;
    int32_t a_zero_point;
    int32_t a_multiplier; /* of the scale, which is below 1 */
    int32_t a_shift;
    int32_t b_zero_point;
    int32_t b_multiplier;
    int32_t b_shift;
};

extern const struct ti_kernel ti_compare;
extern const struct ti_kernel ti_compare_s8;

#endif
