/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

enum
{
    TABLE_ENTRIES = 129,
    LOG_2 = 45426 /* of e: 65536 ln 2 */
};

/* 65536 * log2(x), x > 0. */
static uint32_t log2_of(uint32_t x, const int16_t *table)
{
    const uint32_t whole = ti_signal_bits(x) - 1;
    const uint32_t rest = x - (UINT32_C(1) << whole);
    const int32_t fraction = (int32_t)(whole < 16 ? rest << (16 - whole) : rest >> (whole - 16));
    const int32_t segment = fraction >> 9;
    const int32_t more = ((table[segment + 1] - table[segment]) * (fraction & 0x1FF)) >> 16;

    return (whole << 16) + (uint32_t)(fraction + table[segment] + more);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_filter_bank_log_params *const p = params;
    const uint32_t *const x = inputs[0];
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const uint32_t value = x[i] << p->correction_bits;
        uint32_t log = 0;

        if (value > 1)
        {
            log = (uint32_t)(((uint64_t)LOG_2 * log2_of(value, inputs[1]) + 32768U) >> 16);
            log = ((uint32_t)p->scale * log + 32768U) >> 16;
        }
        output[i] = (int16_t)(log < INT16_MAX ? log : INT16_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_filter_bank_log_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->correction_bits, 0, 31) &&
           ti_place_holds(step->input[0], ti_mul(1, p->count), 4) && ti_place_holds(step->input[1], TABLE_ENTRIES, 2) &&
           ti_place_holds(step->output[0], ti_mul(1, p->count), 2);
}

const struct ti_kernel ti_signal_filter_bank_log = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_filter_bank_log_params),
};
