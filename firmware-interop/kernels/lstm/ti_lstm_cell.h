/* SPDX-License-Identifier: MIT */
#ifndef TI_LSTM_CELL_H
#define TI_LSTM_CELL_H

#include "ti_lstm.h"
#include "ti_lstm_sums.h"

/* What the LSTM kernels of integers have in common: from the gates of a unit, Q3.12, to its new state. */

struct ti_lstm_cell
{
    const int32_t (*scales)[2];
    const uint16_t *table;
    int32_t clip;
    int32_t tanh_multiplier;
    int32_t tanh_shift;
};

/* Which batch the next row belongs to. */
struct ti_lstm_turn
{
    int32_t batch;
    int32_t left;
};

static inline void ti_lstm_next(struct ti_lstm_turn *turn, int32_t batch, int32_t batch_run)
{
    if (--turn->left == 0)
    {
        turn->left = batch_run;
        turn->batch = turn->batch + 1 == batch ? 0 : turn->batch + 1;
    }
}

static inline int32_t ti_lstm_saturate(int32_t x)
{
    return ti_clamp(x, INT16_MIN, INT16_MAX);
}

static inline int32_t ti_lstm_rescale(int32_t x, const int32_t scale[2])
{
    return ti_lstm_saturate(ti_multiply_by_quantized_multiplier(x, scale[0], scale[1]));
}

/* The new h, its zero point not yet added. */
static inline int32_t ti_lstm_unit(const struct ti_lstm_cell *of, const int32_t gates[TI_LSTM_GATES], int16_t *state)
{
    const int32_t in = ti_logistic_q15(3 * gates[0], of->table);
    const int32_t forget = ti_logistic_q15(3 * gates[1], of->table);
    const int32_t candidate = ti_tanh_q15(3 * gates[2], of->table);
    const int32_t out = ti_logistic_q15(3 * gates[3], of->table);

    const int32_t kept = ti_lstm_rescale(forget * *state, of->scales[TI_LSTM_KEEP]);
    const int32_t added = ti_lstm_rescale(in * candidate, of->scales[TI_LSTM_ADD]);
    *state = (int16_t)ti_clamp(ti_lstm_saturate(kept + added), -of->clip, of->clip);

    const int32_t rounding = (1 << of->tanh_shift) >> 1;
    const int32_t argument = (*state * of->tanh_multiplier + rounding) >> of->tanh_shift;
    return ti_lstm_rescale(ti_tanh_q15(argument, of->table) * out, of->scales[TI_LSTM_HIDDEN]);
}

static inline bool ti_lstm_cell_valid(int32_t clip, int32_t tanh_multiplier, int32_t tanh_shift)
{
    return ti_in_range(clip, 1, 32768) && ti_in_range(tanh_multiplier, 1, 3 << 14) && ti_in_range(tanh_shift, 0, 15);
}

/* Constant input `index` has a multiplier and a shift for each of enum ti_lstm_scale; the gates' may be wide. */
static inline bool ti_lstm_scales_valid(const struct ti_step_view *step, uint32_t index, bool wide)
{
    const int32_t(*const scales)[2] = ti_constant(step, index);

    if (scales == NULL || !ti_input_has(step, index, sizeof(int32_t[TI_LSTM_SCALES][2])))
    {
        return false;
    }
    for (int32_t i = 0; i < TI_LSTM_SCALES; i++)
    {
        const bool of_gate = i < TI_LSTM_KEEP;
        if (wide && of_gate ? !ti_in_range(scales[i][0], 0, 0x7FFF) || !ti_in_range(scales[i][1], 8, 46)
                            : !ti_multiplier_valid(scales[i][0], scales[i][1]))
        {
            return false;
        }
    }
    return true;
}

#endif
