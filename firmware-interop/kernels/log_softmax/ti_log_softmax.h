/* SPDX-License-Identifier: MIT */
#ifndef TI_LOG_SOFTMAX_H
#define TI_LOG_SOFTMAX_H

#include "../common/ti_check.h"

/*
 * output[r, c] = (x[r, c] - m) - log(sum over j of exp(x[r, j] - m)), m the largest element of row r, every operation
 * in float and in this order.
 *
 * inputs[0]  f32 [rows, depth]
 * outputs[0] f32 [rows, depth]
 *
 * May be in place: a row is read to its end before it is written, then element by element.
 */
struct ti_log_softmax_f32_params
{
    int32_t rows;
    int32_t depth;
};

/* Portable. */
void ti_log_softmax_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_log_softmax_f32;

#endif
