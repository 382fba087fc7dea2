/* SPDX-License-Identifier: MIT */
#ifndef TI_SVDF_H
#define TI_SVDF_H

#include "../common/ti_float.h"
#include "../common/ti_requantize.h"

/*
 * A layer of `units` neurons, each the sum of `rank` filters, each of which is a product over the features and then one
 * over time. For every batch b:
 *
 *   state[b, f, 0 .. memory - 2] = state[b, f, 1 .. memory - 1]
 *   state[b, f, memory - 1]      = state_zero_point + saturate(rescale(sum over i of x[b, i] * features[f, i] +
 *                                                                      feature_bias[f]))
 *   output[b, u] = requantize(bias[u] + sum over the filters f of u and over j of state[b, f, j] * time[f, j])
 *
 * saturate goes to the type of the state, and what adding the zero point takes beyond that wraps, as in TFLite Micro.
 *
 * inputs[0] x            s8  [batch, in_size]
 * inputs[1] features     s8  [units * rank, in_size]
 * inputs[2] feature_bias s32 [units * rank], the input's zero point folded in
 * inputs[3] time         svdf_s8 s8, svdf_s16 s16 [units * rank, memory]
 * inputs[4] bias         s32 [units], the state's zero point folded in
 * inputs[5] state        like time, [batch, units * rank, memory]
 * outputs[0]             s8  [batch, units]
 * outputs[1]             new state
 *
 * outputs[1] may be inputs[5].
 */
struct ti_svdf
{
    int32_t batch;
    int32_t in_size;
    int32_t units;
    int32_t rank;
    int32_t memory;             /* time steps                       */
    int32_t state_zero_point;   /* in the range of the state's type */
    int32_t zero_point;         /* of the output                    */
    int32_t feature_multiplier; /* to the scale of the state        */
    int32_t feature_shift;
    int32_t multiplier; /* to the scale of the output       */
    int32_t shift;
};

struct ti_svdf_s8_params
{
    struct ti_svdf layer;
};

struct ti_svdf_s16_params
{
    struct ti_svdf layer;
};

/*
 * The same of floats, each sum in the order of its elements, products of a filter before those of the next, and the
 * result clamped:
 *
 *   output[b, u] = clamp(bias[u] + sum over the filters f of u of (sum over j of time[f, j] * state[b, f, j]))
 *
 * inputs[0] x f32, inputs[1] features, inputs[2] time, inputs[3] bias, inputs[4] state, shaped as above
 * outputs[0] f32 [batch, units]
 * outputs[1] new state; may be inputs[4]
 */
struct ti_svdf_f32_params
{
    int32_t batch;
    int32_t in_size;
    int32_t units;
    int32_t rank;
    int32_t memory;
    float min;
    float max;
};

/* rescale(sum over i of x[i] * features[f, i] + feature_bias[f]) of `count` filters, at most 4, from f on. */
void ti_svdf_features(int32_t products[4], const struct ti_svdf *layer, const int8_t *x, const void *const *inputs,
                      int32_t f, int32_t count);

int8_t ti_svdf_output(const struct ti_svdf *layer, int32_t sum);

/* Bytes of one state element: 1 or 2. */
bool ti_svdf_valid(const struct ti_step_view *step, int32_t element_size);

/* Portable. The truth that every other variant matches bit for bit. */
void ti_svdf_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_svdf_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_svdf_s8;
extern const struct ti_kernel ti_svdf_s16;
extern const struct ti_kernel ti_svdf_f32;

#endif
