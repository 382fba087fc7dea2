/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_signal.h"

/* The root to nearest, digit by digit from the highest; at most `highest`. */
static uint32_t root(uint64_t x, uint32_t highest)
{
    uint64_t result = 0;

    for (uint64_t bit = UINT64_C(1) << 62; bit != 0; bit >>= 2)
    {
        const bool fits = x >= result + bit;

        x -= fits ? result + bit : 0;
        result = (result >> 1) + (fits ? bit : 0);
    }
    return (uint32_t)(x > result && result != highest ? result + 1 : result);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_filter_bank_square_root_params *const p = params;
    const uint8_t *const x = inputs[0];
    const uint32_t bits = *(const uint32_t *)inputs[1] & 31U;
    uint32_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        uint64_t value;

        memcpy(&value, x + (size_t)i * sizeof value, sizeof value);
        output[i] = root(value, value >> 32 == 0 ? UINT16_MAX : UINT32_MAX) >> bits;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_filter_bank_square_root_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_input_has(step, 0, ti_mul(8, p->count)) &&
           ti_place_holds(step->input[1], 1, 4) && ti_place_holds(step->output[0], ti_mul(1, p->count), 4);
}

const struct ti_kernel ti_signal_filter_bank_square_root = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_filter_bank_square_root_params),
};
