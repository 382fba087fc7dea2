/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../kernels/dequantize/ti_dequantize.h"
#include "../kernels/quantize/ti_quantize.h"
#include "ti_native_table.h"

/* A tensor of an open model that may be touched now. */
struct target
{
    const struct ti_tensor *tensor;
    uint8_t *bytes;
    bool writable;
};

static enum ti_status find(int32_t handle, int32_t index, struct target *target)
{
    const struct ti_native_model *const model = ti_native_find(handle);
    if (model == NULL)
    {
        return TI_CLOSED;
    }
    if (model->busy)
    {
        return TI_BUSY;
    }

    const uint32_t inputs = ti_input_count(&model->image);
    if (index < 0 || (uint32_t)index >= inputs + ti_output_count(&model->image))
    {
        return TI_WRONG_SIZE;
    }
    const uint32_t output = (uint32_t)index - inputs;

    target->writable = (uint32_t)index < inputs;
    target->tensor = target->writable ? &model->image.inputs[index] : &model->image.outputs[output];
    const uint32_t location = target->tensor->place.location;
    target->bytes = model->instance.region[location >> 28] + (location & 0x0FFFFFFFU);
    return TI_OK;
}

static uint32_t size_of(uint32_t type)
{
    switch (type)
    {
    case TI_TYPE_S16:
        return 2;
    case TI_TYPE_S32:
    case TI_TYPE_U32:
    case TI_TYPE_F32:
        return 4;
    case TI_TYPE_S64:
    case TI_TYPE_U64:
        return 8;
    default:
        return 1;
    }
}

static bool quantized(const struct ti_tensor *tensor)
{
    return tensor->scale > 0.0F &&
           (tensor->type == TI_TYPE_S8 || tensor->type == TI_TYPE_U8 || tensor->type == TI_TYPE_S16);
}

/* How an array and a tensor fit each other. */
enum fit
{
    FIT_NONE,
    FIT_SAME,     /* the same bytes               */
    FIT_QUANTIZE, /* floats and a quantized tensor */
    FIT_WIDEN     /* S32 array, S64 tensor         */
};

static enum fit fit_of(const struct ti_tensor *tensor, int32_t type)
{
    if (tensor->type == (uint32_t)type || (tensor->type == TI_TYPE_BOOL && type == TI_TYPE_U8))
    {
        return FIT_SAME;
    }
    if (type == TI_TYPE_F32 && quantized(tensor))
    {
        return FIT_QUANTIZE;
    }
    return type == TI_TYPE_S32 && tensor->type == TI_TYPE_S64 ? FIT_WIDEN : FIT_NONE;
}

/* start..start+count-1 inside 0..length-1 */
static bool inside(int32_t start, int32_t count, int32_t length)
{
    return start >= 0 && count >= 0 && start <= length && count <= length - start;
}

static enum ti_status check(int32_t handle, int32_t index, int32_t at, int32_t type, int32_t length, int32_t start,
                            int32_t count, struct target *target)
{
    const enum ti_status status = find(handle, index, target);
    if (status != TI_OK)
    {
        return status;
    }
    if (fit_of(target->tensor, type) == FIT_NONE)
    {
        return TI_WRONG_TYPE;
    }

    const uint32_t elements = target->tensor->place.size / size_of(target->tensor->type);
    return inside(start, count, length) && inside(at, count, (int32_t)elements) ? TI_OK : TI_WRONG_SIZE;
}

int32_t ti_native_write_range(int32_t handle, int32_t tensor, int32_t at, int32_t type, const void *array,
                              int32_t length, int32_t start, int32_t count)
{
    struct target target;
    const enum ti_status status = check(handle, tensor, at, type, length, start, count, &target);
    if (status != TI_OK)
    {
        return -(int32_t)status;
    }

    /* Outputs may be constants in flash, and what is written there would not outlive a run. */
    if (!target.writable)
    {
        return -TI_READ_ONLY;
    }

    const struct ti_tensor *const to = target.tensor;
    const uint8_t *const source = (const uint8_t *)array + (uint32_t)start * size_of((uint32_t)type);
    uint8_t *const destination = target.bytes + (uint32_t)at * size_of(to->type);
    const enum fit fit = fit_of(to, type);

    if (fit == FIT_QUANTIZE)
    {
        const struct ti_quantize_f32_params params = {
            .count = count, .type = (int32_t)to->type, .scale = to->scale, .zero_point = to->zero_point};
        ti_quantize_f32_c(&params, (const void *const[]){source}, (void *const[]){destination}, NULL);
    }
    else if (fit == FIT_WIDEN)
    {
        for (int32_t i = 0; i < count; i++)
        {
            int32_t narrow;
            memcpy(&narrow, source + (uint32_t)i * sizeof narrow, sizeof narrow);
            const int64_t wide = narrow;
            memcpy(destination + (uint32_t)i * sizeof wide, &wide, sizeof wide);
        }
    }
    else
    {
        memcpy(destination, source, (uint32_t)count * size_of(to->type));
    }
    return 0;
}

int32_t ti_native_read_range(int32_t handle, int32_t tensor, int32_t at, int32_t type, void *array, int32_t length,
                             int32_t start, int32_t count)
{
    struct target target;
    const enum ti_status status = check(handle, tensor, at, type, length, start, count, &target);
    if (status != TI_OK || count == 0)
    {
        return -(int32_t)status;
    }

    const struct ti_tensor *const from = target.tensor;
    const uint8_t *const source = target.bytes + (uint32_t)at * size_of(from->type);
    uint8_t *const destination = (uint8_t *)array + (uint32_t)start * size_of((uint32_t)type);
    const enum fit fit = fit_of(from, type);

    if (fit == FIT_QUANTIZE)
    {
        const struct ti_dequantize_f32_params params = {
            .count = count, .type = (int32_t)from->type, .scale = from->scale, .zero_point = from->zero_point};
        ti_dequantize_f32_c(&params, (const void *const[]){source}, (void *const[]){destination}, NULL);
    }
    else if (fit == FIT_WIDEN)
    {
        for (int32_t i = 0; i < count; i++)
        {
            memcpy(destination + (uint32_t)i * 4U, source + (uint32_t)i * 8U, 4); /* little-endian: the low word */
        }
    }
    else
    {
        memcpy(destination, source, (uint32_t)count * size_of(from->type));
    }
    return 0;
}

/* The number of elements when it is that of the array; -1, which no range has, when it is not. */
static int32_t whole(int32_t handle, int32_t tensor, int32_t length)
{
    struct target target;

    if (find(handle, tensor, &target) != TI_OK)
    {
        return -1;
    }
    return (uint32_t)length == target.tensor->place.size / size_of(target.tensor->type) ? length : -1;
}

int32_t ti_native_write(int32_t handle, int32_t tensor, int32_t type, const void *array, int32_t length)
{
    return ti_native_write_range(handle, tensor, 0, type, array, length, 0, whole(handle, tensor, length));
}

int32_t ti_native_read(int32_t handle, int32_t tensor, int32_t type, void *array, int32_t length)
{
    return ti_native_read_range(handle, tensor, 0, type, array, length, 0, whole(handle, tensor, length));
}

/* Element i is greater than element j. Stored values have the order of real ones: a scale is positive. */
static bool greater(const struct target *target, int32_t i, int32_t j)
{
    switch (target->tensor->type)
    {
    case TI_TYPE_S8:
        return (int8_t)target->bytes[i] > (int8_t)target->bytes[j];
    case TI_TYPE_U8:
        return target->bytes[i] > target->bytes[j];
    case TI_TYPE_S16:
        return ((const int16_t *)(const void *)target->bytes)[i] > ((const int16_t *)(const void *)target->bytes)[j];
    case TI_TYPE_S32:
        return ((const int32_t *)(const void *)target->bytes)[i] > ((const int32_t *)(const void *)target->bytes)[j];
    default:
        return ((const float *)(const void *)target->bytes)[i] > ((const float *)(const void *)target->bytes)[j];
    }
}

int32_t ti_native_top_k(int32_t handle, int32_t tensor, int32_t *indices, int32_t count)
{
    struct target target;
    const enum ti_status status = find(handle, tensor, &target);
    if (status != TI_OK)
    {
        return -(int32_t)status;
    }

    const uint32_t type = target.tensor->type;
    if (type == TI_TYPE_S64 || type >= TI_TYPE_BOOL)
    {
        return -TI_WRONG_TYPE;
    }

    const int32_t elements = (int32_t)(target.tensor->place.size / size_of(type));
    int32_t found = 0;
    for (int32_t i = 0; i < elements && count > 0; i++)
    {
        if (found == count && !greater(&target, i, indices[count - 1]))
        {
            continue;
        }
        found += found < count ? 1 : 0;

        int32_t at = found - 1;
        while (at > 0 && greater(&target, i, indices[at - 1]))
        {
            indices[at] = indices[at - 1];
            at--;
        }
        indices[at] = i;
    }
    return found;
}

int32_t ti_native_arg_max(int32_t handle, int32_t tensor)
{
    int32_t index = -1;
    const int32_t found = ti_native_top_k(handle, tensor, &index, 1);

    return found < 0 ? found : index;
}
