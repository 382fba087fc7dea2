/* SPDX-License-Identifier: MIT */
#include "ti_native.h"

#include <string.h>

#include "../runtime/ti_image.h"
#include "ti_native_table.h"

static int32_t refusal[3];

static int32_t refuse(enum ti_status status, uint32_t where, uint32_t needed, uint32_t available)
{
    refusal[0] = (int32_t)where;
    refusal[1] = (int32_t)needed;
    refusal[2] = (int32_t)available;
    return -(int32_t)status;
}

static int32_t copy_values(int32_t *to, int32_t count, const int32_t *from, int32_t available)
{
    if (count < available)
    {
        return -TI_WRONG_SIZE;
    }
    memcpy(to, from, (size_t)available * sizeof *from);
    return available;
}

static uint32_t alignment(uint32_t type)
{
    return type == TI_TYPE_S16 ? 2 : type == TI_TYPE_S32 || type == TI_TYPE_S64 || type == TI_TYPE_F32 ? 4 : 1;
}

/* Inputs and outputs are accessed by element here, so each must start at a multiple of its element. */
static bool tensors_aligned(const struct ti_tensor *tensors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
    {
        if ((tensors[i].place.location & (alignment(tensors[i].type) - 1U)) != 0)
        {
            return false;
        }
    }
    return true;
}

int32_t ti_native_open(const void *image, uint32_t length)
{
    struct ti_native_model *const model = ti_native_free();
    struct ti_memory memory = {0};
    uint32_t needed = 0;
    uint32_t available = 0;

    if (model == NULL)
    {
        return refuse(TI_TOO_MANY_MODELS, 0, 0, 0);
    }

    enum ti_status status = image == NULL ? TI_NOT_AN_IMAGE : ti_image_open(&model->image, image, length);
    uint32_t where = image == NULL ? 0 : model->image.where;
    if (status == TI_OK && (!tensors_aligned(model->image.inputs, ti_input_count(&model->image)) ||
                            !tensors_aligned(model->image.outputs, ti_output_count(&model->image))))
    {
        status = TI_MISALIGNED;
    }
    if (status == TI_OK)
    {
        status = ti_native_claim(model, &memory, &needed, &available);
        where = 0;
    }
    if (status == TI_OK)
    {
        status = ti_instance_init(&model->instance, &model->image, &memory);
    }
    if (status != TI_OK)
    {
        ti_native_release(model);
        return refuse(status, where, needed, available);
    }
    return ti_native_handle(model);
}

int32_t ti_native_open_flash(int32_t address)
{
    uint32_t available = 0;
    const void *const image = ti_port_flash((uint32_t)address, &available);

    return image == NULL ? refuse(TI_OUTSIDE_FLASH, 0, 0, 0) : ti_native_open(image, available);
}

int32_t ti_native_refusal(int32_t *values, int32_t count)
{
    return copy_values(values, count, refusal, 3);
}

int32_t ti_native_close(int32_t handle)
{
    struct ti_native_model *const model = ti_native_find(handle);

    if (model != NULL)
    {
        ti_native_release(model);
    }
    return 0;
}

int32_t ti_native_model(int32_t handle, int32_t *values, int32_t count)
{
    const struct ti_native_model *const model = ti_native_find(handle);
    if (model == NULL)
    {
        return -TI_CLOSED;
    }

    const struct ti_image_header *const header = model->image.header;
    const struct ti_program *const program = model->image.program;
    const bool copied = model->instance.hot != model->image.base + program->code;
    const int32_t found[TI_NATIVE_MODEL_VALUES] = {
        [TI_NATIVE_MODEL_INPUTS] = (int32_t)program->inputs.count,
        [TI_NATIVE_MODEL_OUTPUTS] = (int32_t)program->outputs.count,
        [TI_NATIVE_MODEL_STEPS] = (int32_t)program->steps.count,
        [TI_NATIVE_MODEL_METADATA] = (int32_t)header->metadata.count,
        [TI_NATIVE_MODEL_GOLDEN] = (int32_t)header->golden.count,
        [TI_NATIVE_MODEL_IMAGE_BYTES] = (int32_t)header->length,
        [TI_NATIVE_MODEL_ARENA_BYTES] =
            (int32_t)(program->region_size[TI_REGION_ARENA] + program->region_size[TI_REGION_FAST] +
                      (copied ? ti_hot_size(&model->image) : 0)),
        [TI_NATIVE_MODEL_STATE_BYTES] = (int32_t)program->region_size[TI_REGION_STATE],
    };
    return copy_values(values, count, found, TI_NATIVE_MODEL_VALUES);
}

static const struct ti_tensor *tensor_of(const struct ti_native_model *model, int32_t index)
{
    const int32_t inputs = (int32_t)ti_input_count(&model->image);
    const int32_t outputs = (int32_t)ti_output_count(&model->image);

    if (index < 0 || index >= inputs + outputs)
    {
        return NULL;
    }
    return index < inputs ? &model->image.inputs[index] : &model->image.outputs[index - inputs];
}

int32_t ti_native_tensor(int32_t handle, int32_t tensor, int32_t *values, int32_t count)
{
    const struct ti_native_model *const model = ti_native_find(handle);
    const struct ti_tensor *const found = model == NULL ? NULL : tensor_of(model, tensor);
    int32_t result[TI_NATIVE_TENSOR_VALUES];

    if (found == NULL)
    {
        return model == NULL ? -TI_CLOSED : -TI_WRONG_SIZE;
    }
    result[TI_NATIVE_TENSOR_TYPE] = (int32_t)found->type;
    result[TI_NATIVE_TENSOR_RANK] = (int32_t)found->rank;
    memcpy(&result[TI_NATIVE_TENSOR_SCALE], &found->scale, sizeof found->scale);
    result[TI_NATIVE_TENSOR_ZERO_POINT] = found->zero_point;
    memcpy(&result[TI_NATIVE_TENSOR_DIMS], found->dims, sizeof found->dims);
    return copy_values(values, count, result, TI_NATIVE_TENSOR_VALUES);
}

const char *ti_native_text(int32_t handle, int32_t kind, int32_t index)
{
    const struct ti_native_model *const model = ti_native_find(handle);
    if (model == NULL || index < 0)
    {
        return "";
    }

    const struct ti_image *const image = &model->image;
    const char *const base = (const char *)image->base;
    const struct ti_tensor *const tensor = tensor_of(model, index);
    const struct ti_metadata *const metadata = (const void *)(image->base + image->header->metadata.offset);
    const bool has_pair = (uint32_t)index < image->header->metadata.count;

    switch (kind)
    {
    case TI_NATIVE_TEXT_MODEL:
        return base + image->header->name;
    case TI_NATIVE_TEXT_TENSOR:
        return tensor == NULL ? "" : ti_tensor_name(image, tensor);
    case TI_NATIVE_TEXT_STEP:
        return (uint32_t)index < ti_step_count(image) ? ti_step_name(image, (uint32_t)index) : "";
    case TI_NATIVE_TEXT_KEY:
        return has_pair ? base + metadata[index].key : "";
    case TI_NATIVE_TEXT_VALUE:
        return has_pair ? base + metadata[index].value : "";
    default:
        return "";
    }
}
