/* SPDX-License-Identifier: MIT */
#ifndef TI_REAL_QUICK_H
#define TI_REAL_QUICK_H

#include <stdbool.h>

/*
 * The floats of ti_real.h in a fraction of its time, where fewer bits decide them: with an error below 2^-34 nearly all
 * numbers round to one float whatever the error is. False, and no result, for the others.
 */
bool ti_exp_quick(float x, float *result);
bool ti_tanh_quick(float x, float *result);

#endif
