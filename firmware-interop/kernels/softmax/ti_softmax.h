/* SPDX-License-Identifier: MIT */
#ifndef TI_SOFTMAX_H
#define TI_SOFTMAX_H

#include "../common/ti_float.h"
#include "../common/ti_requantize_s16.h"

/*
 * output[r, c] = exp(x[c]) / sum over j of exp(x[j]), with x the real row minus its largest element.
 *
 * The compiler tabulates exp: table[k] is exp(-k * scale * beta) in Q0.31 as gemmlowp's exp_on_negative_values gives
 * it, and the table ends with the first 0, if there is one. The sum is Q12.19 (each term rounded), its reciprocal is
 * gemmlowp's one_over_one_plus_x_for_x_in_0_1, and the output is exp * reciprocal, rounded to Q0.31 and then to 8 or 16
 * bits.
 *
 * inputs[0] s8  [rows, depth]
 * inputs[1] s32 [table_size], constant; table[0] is INT32_MAX, all others are 0..INT32_MAX
 * outputs[0]    [rows, depth]: softmax_s8 s8, scale 1/256, zero point -128; softmax_s8_s16 s16, scale 1/65536, zero
 * point -32768
 *
 * softmax_s8 may be in place: a row is read to its end before it is written, then element by element.
 */
struct ti_softmax_s8_params
{
    int32_t rows;
    int32_t depth;      /* at most TI_SOFTMAX_DEPTH: the sum overflows beyond */
    int32_t table_size; /* 1..256 */
};

struct ti_softmax_s8_s16_params
{
    int32_t rows;
    int32_t depth;
    int32_t table_size;
};

/*
 * Of int16: x, the row minus its largest element, is scaled so that -65535 is -10. exp and 1 / (1 + x) are read from
 * tables of 513 entries over the whole of int16, interpolated: of exp, 32767 is exp(0) and -32768 exp(-10), in Q0.15;
 * of the reciprocal, -32768 is 1 / (1 + 0) and 32767 1 / (1 + 1).
 *
 * inputs[0]  s16 [rows, depth]
 * inputs[1]  s16 [513], constant: exp
 * inputs[2]  s16 [513], constant: 1 / (1 + x)
 * outputs[0] s16 [rows, depth], scale 1/32768, zero point 0
 *
 * In place: output may be input.
 */
struct ti_softmax_s16_params
{
    int32_t rows;
    int32_t depth; /* at most 65535: the sum overflows beyond */
    int32_t multiplier;
    int32_t shift;
};

/* Of floats: exp((x - largest) * beta), divided by the sum of the row. In place: output may be input. */
struct ti_softmax_f32_params
{
    int32_t rows;
    int32_t depth;
    float beta;
};

enum
{
    TI_SOFTMAX_DEPTH = 4095,
    TI_SOFTMAX_TABLE = 256
};

/* The largest element of a row, and the sum of its exponentials, each rounded to Q12.19; at least 1. */
struct ti_softmax_sum
{
    int32_t largest;
    int32_t sum;
};

struct ti_softmax_sum ti_softmax_sum(const int8_t *input, int32_t depth, const int32_t *table, int32_t table_size);

/* What all elements of a row share. */
struct ti_softmax_row
{
    int32_t largest;
    int32_t reciprocal; /* of the sum, Q0.31 times 2^-bits with bits those of the sum above 1; 0 where all come to 0 */
    int32_t shift;      /* bits + 31 - width: 15..31 */
};

struct ti_softmax_row ti_softmax_row(const int8_t *input, int32_t depth, const int32_t *table, int32_t table_size,
                                     int32_t width);

/* softmax * 2^width, before the output's zero point; width 8 or 16. Nothing here is negative: halves go up. */
static inline int32_t ti_softmax_element(const struct ti_softmax_row *row, int8_t input, const int32_t *table,
                                         int32_t table_size)
{
    /* Unsigned: in a damaged image the output may overlap the row and raise an input above the largest. */
    const uint32_t difference = (uint32_t)(row->largest - input);
    const int32_t exp = difference < (uint32_t)table_size ? table[difference] : 0;

    return (int32_t)(((uint32_t)ti_high_mul(exp, row->reciprocal) + (UINT32_C(1) << (row->shift - 1))) >> row->shift);
}

bool ti_softmax_table_valid(const struct ti_step_view *step, int32_t table_size);

/* Portable. The truth that every other variant matches bit for bit. */
void ti_softmax_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_softmax_s8_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_softmax_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_softmax_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_softmax_s8;
extern const struct ti_kernel ti_softmax_s8_s16;
extern const struct ti_kernel ti_softmax_s16;
extern const struct ti_kernel ti_softmax_f32;

#endif
