/* SPDX-License-Identifier: MIT */
#ifndef TI_LUT_H
#define TI_LUT_H

#include "../common/ti_check.h"

/*
 * output[i] = table[(uint8_t)input[i]]
 *
 * Every function of one 8-bit value, signed or not, is this kernel with a table that the compiler has computed
 * (Ops/TableOp.cs): activations, requantization, arithmetic with a constant.
 *
 * inputs[0] input  s8 or u8 [count]
 * inputs[1] table  256 bytes, constant
 * outputs[0]       s8 or u8 [count]
 *
 * In place: output may be input.
 */
struct ti_lut_s8_params
{
    int32_t count;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_lut_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_lut_s8;

#endif
