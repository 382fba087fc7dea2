/* SPDX-License-Identifier: MIT */
#ifndef TI_REAL_H
#define TI_REAL_H

/*
 * Exponential, logarithm and hyperbolic tangent of float, the same bytes on every core: computed in double with an
 * error below 2^-50 and rounded once. Without a double-precision FPU each costs some thousand cycles; float networks
 * are there to be right, not fast.
 */

/* e^x; 0 below and infinity above what a float holds; NaN stays NaN. */
float ti_expf(float x);

float ti_tanhf(float x);

/* Natural logarithm of a positive number; infinity stays, 0 gives minus infinity, all else NaN. */
float ti_logf(float x);

#endif
