/* SPDX-License-Identifier: MIT */
#ifndef TI_ADD_N_H
#define TI_ADD_N_H

#include "../common/ti_requantize.h"

/*
 * The sum of up to eight tensors of one shape.
 *
 * f32: added in order, from 0
 * s8:  requantize((sum of inputs - (inputs + 1) * input_zero_point) * 2^19): the inputs have one scale and zero point,
 * and TFLite Micro starts its sum with a stored 0, which stands for -input_zero_point
 *
 * inputs[..] [count]
 * outputs[0] [count]
 *
 * In place: output may be an input.
 */
struct ti_add_n_f32_params
{
    int32_t count;
    int32_t inputs;
};

struct ti_add_n_s8_params
{
    int32_t count;
    int32_t inputs;
    int32_t input_zero_point;
    int32_t multiplier;
    int32_t shift; /* not left */
    int32_t zero_point;
};

extern const struct ti_kernel ti_add_n_f32;
extern const struct ti_kernel ti_add_n_s8;

#endif
