/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../runtime/ti_image.h"
#include "ti_native_table.h"

/* The open model, when no run in slices holds its memory. */
static enum ti_status find_idle(int32_t handle, struct ti_native_model **model)
{
    *model = ti_native_find(handle);
    if (*model == NULL)
    {
        return TI_CLOSED;
    }
    return (*model)->busy ? TI_BUSY : TI_OK;
}

int32_t ti_native_run(int32_t handle)
{
    struct ti_native_model *model;
    const enum ti_status status = find_idle(handle, &model);

    return -(int32_t)(status == TI_OK ? ti_invoke(&model->instance) : status);
}

int32_t ti_native_run_slice(int32_t handle, int32_t microseconds)
{
    struct ti_native_model *const model = ti_native_find(handle);
    if (model == NULL)
    {
        return -TI_CLOSED;
    }

    const uint32_t start = ti_port_cycles();
    const uint64_t limit = (uint64_t)(microseconds > 0 ? microseconds : 0) * ti_port_cycles_per_microsecond();

    if (!model->busy)
    {
        ti_begin(&model->instance);
        model->busy = ti_step_count(&model->image) != 0;
    }
    while (model->busy)
    {
        model->busy = ti_advance(&model->instance);
        if (ti_port_cycles() - start >= limit)
        {
            break;
        }
    }
    return model->busy ? 1 : -(int32_t)ti_outcome(&model->instance);
}

int32_t ti_native_reset(int32_t handle)
{
    struct ti_native_model *const model = ti_native_find(handle);
    if (model == NULL)
    {
        return -TI_CLOSED;
    }
    model->busy = false;
    ti_reset(&model->instance);
    return 0;
}

int32_t ti_native_profile(int32_t handle, int32_t *cycles, int32_t count)
{
    struct ti_native_model *model;
    const enum ti_status status = find_idle(handle, &model);
    if (status != TI_OK)
    {
        return -(int32_t)status;
    }

    for (int32_t i = 0; i < count; i++)
    {
        cycles[i] = 0;
    }
    ti_begin(&model->instance);
    for (bool more = ti_step_count(&model->image) != 0; more;)
    {
        const uint32_t step = model->instance.step;
        const uint32_t start = ti_port_cycles();
        more = ti_advance(&model->instance);
        const uint32_t taken = ti_port_cycles() - start;

        if (count > 0 && step < (uint32_t)count)
        {
            cycles[step] = taken > (uint32_t)(INT32_MAX - cycles[step]) ? INT32_MAX : cycles[step] + (int32_t)taken;
        }
    }
    return ti_outcome(&model->instance) == TI_OK ? (int32_t)ti_port_cycles_per_microsecond() : -TI_ENDLESS;
}

static void load_inputs(const struct ti_native_model *model, const uint8_t *recorded)
{
    for (uint32_t i = 0; i < ti_input_count(&model->image); i++)
    {
        memcpy(ti_input(&model->instance, i), recorded, model->image.inputs[i].place.size);
        recorded += ti_golden_size(&model->image.inputs[i]);
    }
}

/* Compares the outputs with recorded ones; where[1] and where[2] get tensor and byte of the first difference. */
static bool outputs_agree(const struct ti_native_model *model, const uint8_t *recorded, int32_t *where)
{
    for (uint32_t o = 0; o < ti_output_count(&model->image); o++)
    {
        const uint8_t *const output = ti_output(&model->instance, o);

        for (uint32_t i = 0; i < model->image.outputs[o].place.size; i++)
        {
            if (output[i] != recorded[i])
            {
                where[1] = (int32_t)(ti_input_count(&model->image) + o);
                where[2] = (int32_t)i;
                return false;
            }
        }
        recorded += ti_golden_size(&model->image.outputs[o]);
    }
    return true;
}

int32_t ti_native_self_test(int32_t handle, int32_t *where, int32_t count)
{
    struct ti_native_model *model;
    const enum ti_status status = find_idle(handle, &model);
    if (status != TI_OK || count < 3)
    {
        return status != TI_OK ? -(int32_t)status : -TI_WRONG_SIZE;
    }

    const struct ti_table cases = model->image.header->golden;
    const struct ti_golden *const golden = (const void *)(model->image.base + cases.offset);
    int32_t result = cases.count == 0 ? -TI_NO_GOLDEN_CASE : 0;

    for (uint32_t i = 0; i < cases.count && result >= 0; i++)
    {
        where[0] = (int32_t)i;
        ti_reset(&model->instance);
        load_inputs(model, model->image.base + golden[i].inputs);
        result = ti_invoke(&model->instance) != TI_OK                                 ? -TI_ENDLESS
                 : outputs_agree(model, model->image.base + golden[i].outputs, where) ? result + 1
                                                                                      : -TI_SELF_TEST_FAILED;
    }
    ti_reset(&model->instance);
    return result;
}
