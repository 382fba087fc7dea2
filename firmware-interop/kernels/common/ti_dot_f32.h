/* SPDX-License-Identifier: MIT */
#ifndef TI_DOT_F32_H
#define TI_DOT_F32_H

#include <stdint.h>

/*
 * The inner loops of float layers. The products of one sum are added in order, as the reference adds them; four sums
 * at a time share the loads of `x`, and none waits for itself.
 */

/* Adds x[i * step] * weights[i], i < length, to one sum. */
float ti_dot_f32(float sum, const float *x, int32_t step, const float *weights, int32_t length);

/* Adds to four sums, whose weights are `apart` elements apart. */
void ti_dot4_f32(float sums[4], const float *x, int32_t step, const float *weights, int32_t apart, int32_t length);

#endif
