/* SPDX-License-Identifier: MIT */
#ifndef TI_REAL_H
#define TI_REAL_H

/*
 * Functions of float, the same bytes on every core: computed with an error below 2^-45 and rounded once.
 * e^x and tanh take fewer bits first (ti_real_quick.h), which decide nearly all of their results; without a
 * double-precision FPU others cost some hundred cycles.
 */

/* e^x in double; |x| counts as 700 at most. */
double ti_exp(double x);

/* e^x; 0 below and infinity above what a float holds; NaN stays NaN. */
float ti_expf(float x);

float ti_tanhf(float x);

/* Natural logarithm of a positive number; infinity stays, 0 gives minus infinity, all else NaN. */
float ti_logf(float x);

/* e^x - 1, precise near 0. */
float ti_expm1f(float x);

/* Correctly rounded, as IEEE 754 wants it. */
float ti_sqrtf(float x);

/* Of any angle in radians; NaN of infinity. */
float ti_sinf(float x);
float ti_cosf(float x);

/* The largest whole number that is not above x; -0 stays. */
float ti_floorf(float x);

/* What is left of a after as many b as fit, with the sign of a: C's fmod. b is not 0. */
float ti_fmodf(float a, float b);

#endif
