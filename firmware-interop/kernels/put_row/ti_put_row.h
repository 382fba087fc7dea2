/* SPDX-License-Identifier: MIT */
#ifndef TI_PUT_ROW_H
#define TI_PUT_ROW_H

#include "../common/ti_nd.h"

/*
 * output = list, but for row `index`, which is `row`: how a loop collects what its turns give.
 *
 * inputs[0]  any type [rows, row bytes]
 * inputs[1]  s32 [1], 4-byte aligned; an index below 0 counts as 0, one above rows - 1 as rows - 1
 * inputs[2]  any type [row bytes]
 * outputs[0] any type [rows, row bytes]
 *
 * In place: output may be inputs[0]; then nothing but the row is written.
 */
struct ti_put_row_params
{
    int32_t rows;
    int32_t row; /* bytes */
};

extern const struct ti_kernel ti_put_row;

#endif
