/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_signal.h"

/* floor(sqrt(x)), x >= 2^30. */
static uint32_t root32(uint32_t x)
{
    /* With t = x / 2^32, 0.707 t + 0.354 is at most 6 % off; each step of Newton's squares the error and halves it. */
    uint32_t s = (((x >> 16) * 46341U) >> 16) + 23171U;

    s = (s + x / s) >> 1;
    s = (s + x / s) >> 1;

    /* At most one off now; s * s may be 2^32. */
    const int64_t rest = (int64_t)x - (int64_t)s * s;
    return rest < 0 ? s - 1 : rest > 2 * (int64_t)s ? s + 1 : s;
}

/*
 * The root to nearest, at most `highest`. With x brought to [2^62, 2^64) by pairs of bits, the root s of its upper half
 * and that one's rest r, the next sixteen bits of the root are (r * 2^16 + the next 16 bits of x) / 2 s, or one less.
 */
static uint32_t root(uint64_t x, uint32_t highest)
{
    if (x == 0)
    {
        return 0;
    }

    const uint32_t upper = (uint32_t)(x >> 32);
    const uint32_t zeros =
        (upper != 0 ? (uint32_t)__builtin_clz(upper) : 32U + (uint32_t)__builtin_clz((uint32_t)x)) & ~1U;
    const uint64_t normal = x << zeros;
    const uint32_t high = (uint32_t)(normal >> 32);
    const uint32_t low = (uint32_t)normal;
    const uint32_t s = root32(high);
    const uint32_t half = (uint32_t)((((uint64_t)(high - s * s) << 16) + (low >> 16)) >> 1);
    uint64_t whole = ((uint64_t)s << 16) + half / s;

    whole -= whole > UINT32_MAX || whole * whole > normal ? 1U : 0U;
    const uint32_t result = (uint32_t)whole >> (zeros / 2);

    return x - (uint64_t)result * result > result && result != highest ? result + 1 : result;
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
