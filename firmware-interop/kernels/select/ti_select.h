/* SPDX-License-Identifier: MIT */
#ifndef TI_SELECT_H
#define TI_SELECT_H

#include "../common/ti_nd.h"

/*
 * output[i] = condition[i] ? a[i] : b[i], all three broadcast to dims.
 *
 * inputs[0] condition  bool, strides count elements; 0 along an axis where it has one
 * inputs[1] a          items of `item` bytes
 * inputs[2] b          items of `item` bytes
 * outputs[0]           items of `item` bytes [product of dims]
 *
 * In place: output may be an input of its size.
 */
struct ti_select_params
{
    int32_t dims[6];
    int32_t condition_strides[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t item; /* 1 to 8 */
};

extern const struct ti_kernel ti_select;

#endif
