/* SPDX-License-Identifier: MIT */
#include "ti_take_nd.h"

void ti_take_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_take_nd_params *const p = params;
    const uint8_t *const input = inputs[0];
    uint8_t *output = outputs[0];
    const int32_t *table[TI_ND];
    int32_t index[TI_ND - 1] = {0};
    (void)scratch;

    table[0] = inputs[1];
    for (int32_t d = 1; d < TI_ND; d++)
    {
        table[d] = table[d - 1] + p->dims[d - 1];
    }

    do
    {
        const uint8_t *row = input;
        for (int32_t d = 0; d < TI_ND - 1; d++)
        {
            row += table[d][index[d]];
        }
        for (int32_t i = 0; i < p->dims[TI_ND - 1]; i++)
        {
            ti_copy(output, row + table[TI_ND - 1][i], p->run);
            output += p->run;
        }
    } while (ti_nd_next(index, p->dims, TI_ND - 1));
}

/* Every offset is at least 0, so the furthest byte is where each table is at its highest. */
static bool tables_inside(const struct ti_take_nd_params *p, const int32_t *table, uint32_t size)
{
    uint64_t furthest = (uint64_t)(uint32_t)p->run;

    for (int32_t d = 0; d < TI_ND; d++)
    {
        int32_t highest = 0;
        for (int32_t i = 0; i < p->dims[d]; i++)
        {
            if (table[i] < 0)
            {
                return false;
            }
            highest = table[i] > highest ? table[i] : highest;
        }
        furthest += (uint32_t)highest;
        table += p->dims[d];
    }
    return furthest <= size;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_take_nd_params *const p = step->params;
    uint64_t entries = 0;

    if (!ti_counts(step, 2, 1) || p->run < 1 || !ti_output_has(step, 0, ti_mul(ti_elements(p->dims, TI_ND), p->run)))
    {
        return false;
    }
    for (int32_t d = 0; d < TI_ND; d++)
    {
        entries += (uint32_t)p->dims[d]; /* the product fits the output, so each is at least 1 and below 2^32 */
    }

    const int32_t *const table = ti_constant(step, 1);
    return table != NULL && ti_place_holds(step->input[1], entries, 4) && tables_inside(p, table, step->input[0].size);
}

const struct ti_kernel ti_take_nd = {
    .run = ti_take_nd_c,
    .check = check,
    .params_size = sizeof(struct ti_take_nd_params),
};
