/* SPDX-License-Identifier: MIT */
#ifndef TI_LSTM_H
#define TI_LSTM_H

#include "../common/ti_requantize.h"
#include "../common/ti_sigmoid.h"

/*
 * A sequence through one LSTM cell. For every row x of the input, h and c being the state of the row's batch:
 *
 *   gate[u, g] = saturate16(requantize(sum over i of x[i] * W[u, g, i] + bias[0, u, g])) +
 *                saturate16(requantize(sum over j of h[j] * R[u, g, j] + bias[1, u, g]))     Q3.12, saturated
 *   i, f, o    = logistic(gate[u, 0]), logistic(gate[u, 1]), logistic(gate[u, 3])            Q0.15
 *   g          = tanh(gate[u, 2])                                                            Q0.15
 *   c[u]       = saturate16(rescale(f * c[u])) + saturate16(rescale(i * g))                  saturated, then clipped
 *   h[u]       = saturate8(rescale(tanh(c[u]) * o) + hidden_zero_point)
 *
 * and the row's output is the new h; of all rows, or of the last one only. The two products of a gate are rounded
 * apart, as in TFLite Micro.
 *
 * inputs[0] input   s8  [rows, in_size]
 * inputs[1] weights words, W, R and bias as ti_lstm_sums.h has them; gates input, forget, cell, output
 * inputs[2] scales  s32 [TI_LSTM_SCALES, 2], constant: multiplier and shift, in the order of enum ti_lstm_scale
 * inputs[3] table   u16 [256], constant, of ti_sigmoid.h
 * inputs[4] h       s8  [batch, units]
 * inputs[5] c       s16 [batch, units]
 * outputs[0]        s8  [out_rows, units]
 * outputs[1] new h, outputs[2] new c
 * scratch           `units` bytes
 *
 * outputs[1] and outputs[2] may be inputs[4] and inputs[5]. With units at most in_size, outputs[0] may begin where
 * inputs[0] begins.
 */
struct ti_lstm_s8_params
{
    int32_t rows;
    int32_t in_size;
    int32_t units;
    int32_t batch;
    int32_t batch_run; /* rows in succession that belong to one batch: the time steps, or 1 when time is outermost */
    int32_t out_rows;  /* rows, or 1: each row's output takes the place of the one before                         */
    int32_t sum_shift; /* 0..24: sums, biases in the weights with them, are numbers of 32 - sum_shift bits        */
    int32_t hidden_zero_point; /* -128..127                                                                       */
    int32_t cell_clip;         /* 1..32767, or 32768: none                                                        */
    int32_t tanh_multiplier;   /* c * tanh_multiplier / 2^tanh_shift is the argument of ti_tanh_q15; 1..49152     */
    int32_t tanh_shift;        /* 0..15                                                                           */
};

/*
 * Of int16 x and h, both with zero point 0, and int64 sums, which ti_multiply_wide (ti_requantize_s16.h) scales: the
 * first eight of scales are for it.
 *
 * inputs[0] input s16, [1] W s8 [units, 4, in_size], [2] R s8 [units, 4, units], [3] bias s64 [2, units, 4], low word
 * first, [4] scales, [5] table, [6] h s16, [7] c s16; outputs and shapes as above; scratch 2 * units bytes
 */
struct ti_lstm_s16_params
{
    int32_t rows;
    int32_t in_size;
    int32_t units;
    int32_t batch;
    int32_t batch_run;
    int32_t out_rows;
    int32_t cell_clip;
    int32_t tanh_multiplier;
    int32_t tanh_shift;
};

/*
 * Of floats, in the order of operations of TFLite Micro: a gate is (sum of x * W + bias) + sum of h * R.
 *
 * inputs[0] x, [1] W, [2] R, [3] bias f32 [units, 4], [4] h, [5] c; outputs and shapes as above; scratch 4 * units
 * bytes
 */
struct ti_lstm_f32_params
{
    int32_t rows;
    int32_t in_size;
    int32_t units;
    int32_t batch;
    int32_t batch_run;
    int32_t out_rows;
    float cell_clip; /* 0: none */
};

enum ti_lstm_scale
{
    TI_LSTM_INPUT = 0,     /* of x * W, for each gate */
    TI_LSTM_RECURRENT = 4, /* of h * R, for each gate */
    TI_LSTM_KEEP = 8,      /* of f * c                */
    TI_LSTM_ADD = 9,       /* of i * g                */
    TI_LSTM_HIDDEN = 10,   /* of tanh(c) * o          */
    TI_LSTM_SCALES = 11
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_lstm_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_lstm_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_lstm_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_lstm_s8;
extern const struct ti_kernel ti_lstm_s16;
extern const struct ti_kernel ti_lstm_f32;

#endif
