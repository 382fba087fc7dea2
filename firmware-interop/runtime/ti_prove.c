/* SPDX-License-Identifier: MIT */
#include "ti_prove.h"

#include "../kernels/common/ti_element.h"
#include "ti_core.h"
#include "ti_kernels.h"

static const void *at(const struct ti_image *image, uint32_t offset)
{
    return image->base + offset;
}

/* A range that lies inside the image and starts at a multiple of 4. */
static bool inside(const struct ti_image *image, uint32_t offset, uint64_t size)
{
    return (offset & 3U) == 0 && offset <= image->header->length && size <= image->header->length - offset;
}

static bool table_inside(const struct ti_image *image, struct ti_table table, uint32_t record)
{
    return inside(image, table.offset, (uint64_t)table.count * record);
}

/* A string whose terminating zero is inside the image too. Strings need no alignment. */
static bool string_inside(const struct ti_image *image, uint32_t offset)
{
    for (uint32_t i = offset; i < image->header->length; i++)
    {
        if (image->base[i] == 0)
        {
            return true;
        }
    }
    return false;
}

static bool place_valid(const struct ti_image *image, struct ti_place place)
{
    const uint32_t region = ti_place_region(place);
    const uint32_t offset = ti_place_offset(place);
    const uint32_t limit = region == TI_REGION_IMAGE  ? image->header->length
                           : region < TI_REGION_COUNT ? image->program->region_size[region]
                                                      : 0;

    /* Constants are word aligned; tensors in memory may start at any byte, and kernels check what they need. */
    return region < TI_REGION_COUNT && offset <= limit && place.size <= limit - offset &&
           (region != TI_REGION_IMAGE || (offset & 3U) == 0);
}

static bool place_writable(const struct ti_image *image, struct ti_place place)
{
    return place_valid(image, place) && ti_place_region(place) != TI_REGION_IMAGE;
}

static bool tensor_valid(const struct ti_image *image, const struct ti_tensor *tensor)
{
    if (!place_valid(image, tensor->place) || !string_inside(image, tensor->name) || tensor->rank > TI_MAX_RANK ||
        ti_type_size(tensor->type) == 0)
    {
        return false;
    }

    uint64_t size = (uint32_t)ti_type_size(tensor->type);
    for (uint32_t d = 0; d < TI_MAX_RANK; d++)
    {
        if (tensor->dims[d] < 0 || (tensor->dims[d] != 0 && size > UINT32_MAX / (uint32_t)tensor->dims[d]))
        {
            return false;
        }
        size *= (uint32_t)tensor->dims[d];
    }
    return size == tensor->place.size;
}

static enum ti_status prove_tensors(struct ti_image *image, struct ti_table table, bool writable)
{
    const struct ti_tensor *const tensors = at(image, table.offset);

    for (uint32_t i = 0; i < table.count; i++)
    {
        image->where = i;
        if (!tensor_valid(image, &tensors[i]) || (writable && !place_writable(image, tensors[i].place)))
        {
            return TI_BAD_LAYOUT;
        }
    }
    return TI_OK;
}

static enum ti_status prove_step(const struct ti_image *image, const struct ti_step *step)
{
    const bool code = step->kernel == TI_KERNEL_CODE && image->program->core != TI_CORE_PORTABLE;
    const struct ti_kernel *const kernel = code ? NULL : ti_kernel_find(step->kernel);

    if (kernel == NULL && !code)
    {
        return TI_UNKNOWN_KERNEL;
    }
    if (code && ((step->entry & 1U) != 0 || step->entry >= image->program->code_size))
    {
        return TI_BAD_LAYOUT;
    }
    if (!code && kernel->run == NULL && step->entry > image->program->steps.count)
    {
        return TI_BAD_LAYOUT;
    }
    if (step->inputs > TI_MAX_INPUTS || step->outputs > TI_MAX_OUTPUTS || !string_inside(image, step->name) ||
        !inside(image, step->params, code ? 0 : kernel->params_size) ||
        !inside(image, step->operands, (step->inputs + step->outputs + 1U) * sizeof(struct ti_place)))
    {
        return TI_BAD_LAYOUT;
    }

    const struct ti_place *const operand = at(image, step->operands);
    const struct ti_place scratch = operand[step->inputs + step->outputs];

    for (uint32_t i = 0; i < step->inputs; i++)
    {
        if (!place_valid(image, operand[i]))
        {
            return TI_BAD_OPERAND;
        }
    }
    for (uint32_t i = 0; i < step->outputs; i++)
    {
        if (!place_writable(image, operand[step->inputs + i]))
        {
            return TI_BAD_OPERAND;
        }
    }
    if ((scratch.location & 3U) != 0 || !place_valid(image, scratch) ||
        (scratch.size != 0 && !place_writable(image, scratch)))
    {
        return TI_BAD_OPERAND;
    }

    if (code)
    {
        return TI_OK;
    }

    const struct ti_step_view view = {
        .params = at(image, step->params),
        .inputs = step->inputs,
        .outputs = step->outputs,
        .input = operand,
        .output = operand + step->inputs,
        .scratch_size = scratch.size,
        .image = image->base,
    };
    return kernel->check(&view) ? TI_OK : TI_BAD_PARAMS;
}

static enum ti_status prove_steps(struct ti_image *image)
{
    const struct ti_step *const steps = at(image, image->program->steps.offset);

    for (uint32_t i = 0; i < image->program->steps.count; i++)
    {
        image->where = i;
        const enum ti_status status = prove_step(image, &steps[i]);
        if (status != TI_OK)
        {
            return status;
        }
    }
    return TI_OK;
}

static bool metadata_valid(const struct ti_image *image)
{
    const struct ti_metadata *const metadata = at(image, image->header->metadata.offset);

    for (uint32_t i = 0; i < image->header->metadata.count; i++)
    {
        if (!string_inside(image, metadata[i].key) || !string_inside(image, metadata[i].value))
        {
            return false;
        }
    }
    return true;
}

static bool header_valid(const struct ti_image *image)
{
    const struct ti_image_header *const header = image->header;

    return table_inside(image, header->programs, sizeof(struct ti_program)) &&
           table_inside(image, header->metadata, sizeof(struct ti_metadata)) &&
           table_inside(image, header->golden, sizeof(struct ti_golden)) && string_inside(image, header->name) &&
           metadata_valid(image);
}

static bool program_valid(const struct ti_image *image)
{
    const struct ti_program *const program = image->program;

    return table_inside(image, program->inputs, sizeof(struct ti_tensor)) &&
           table_inside(image, program->outputs, sizeof(struct ti_tensor)) &&
           table_inside(image, program->steps, sizeof(struct ti_step)) &&
           (program->state_init == 0 || inside(image, program->state_init, program->region_size[TI_REGION_STATE])) &&
           inside(image, program->code, program->code_size) && (program->hot_size & 3U) == 0 &&
           program->hot_size <= program->code_size;
}

static uint64_t golden_bytes(const struct ti_image *image, struct ti_table table)
{
    const struct ti_tensor *const tensors = at(image, table.offset);
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < table.count; i++)
    {
        bytes += ti_golden_size(&tensors[i]);
    }
    return bytes;
}

/* After prove_tensors: the sizes of the tensors are known to be right. */
static bool golden_inside(const struct ti_image *image)
{
    const struct ti_golden *const golden = at(image, image->header->golden.offset);
    const uint64_t inputs = golden_bytes(image, image->program->inputs);
    const uint64_t outputs = golden_bytes(image, image->program->outputs);

    for (uint32_t i = 0; i < image->header->golden.count; i++)
    {
        if (!inside(image, golden[i].inputs, inputs) || !inside(image, golden[i].outputs, outputs))
        {
            return false;
        }
    }
    return true;
}

enum ti_status ti_prove(struct ti_image *image)
{
    enum ti_status status;

    image->where = 0;
    if (!header_valid(image))
    {
        return TI_BAD_LAYOUT;
    }
    image->program = ti_program_select(image, ti_core());
    if (image->program == NULL)
    {
        return TI_NO_PROGRAM;
    }
    if (!program_valid(image))
    {
        return TI_BAD_LAYOUT;
    }
    image->inputs = at(image, image->program->inputs.offset);
    image->outputs = at(image, image->program->outputs.offset);
    if ((status = prove_tensors(image, image->program->inputs, true)) != TI_OK ||
        (status = prove_tensors(image, image->program->outputs, false)) != TI_OK)
    {
        return status;
    }
    if (!golden_inside(image))
    {
        return TI_BAD_LAYOUT;
    }
    return prove_steps(image);
}
