/* SPDX-License-Identifier: MIT */
#include "ti_image.h"

#include "ti_core.h"
#include "ti_crc32.h"
#include "ti_prove.h"

static const uint32_t CHECKSUM_FROM = offsetof(struct ti_image_header, name);

static enum ti_status check_header(const struct ti_image_header *header, size_t length)
{
    if (length < sizeof *header || header->magic != TI_IMAGE_MAGIC)
    {
        return TI_NOT_AN_IMAGE;
    }
    if (header->version != TI_IMAGE_VERSION)
    {
        return TI_NEWER_FORMAT;
    }
    if (header->length < sizeof *header || header->length > length)
    {
        return TI_TRUNCATED;
    }
    return TI_OK;
}

enum ti_status ti_image_open(struct ti_image *image, const void *bytes, size_t length)
{
    if (((uintptr_t)bytes & 3U) != 0)
    {
        return TI_MISALIGNED;
    }

    image->base = bytes;
    image->header = bytes;
    image->where = 0;

    const enum ti_status status = check_header(image->header, length);
    if (status != TI_OK)
    {
        return status;
    }
    if (ti_crc32(image->base + CHECKSUM_FROM, image->header->length - CHECKSUM_FROM) != image->header->checksum)
    {
        return TI_CHECKSUM;
    }

    return ti_prove(image);
}

uint32_t ti_region_size(const struct ti_image *image, enum ti_region region)
{
    return image->program->region_size[region];
}

uint32_t ti_hot_size(const struct ti_image *image)
{
    return ti_core() == TI_CORE_M4 ? image->program->hot_size : 0;
}

uint32_t ti_input_count(const struct ti_image *image)
{
    return image->program->inputs.count;
}

uint32_t ti_output_count(const struct ti_image *image)
{
    return image->program->outputs.count;
}

const char *ti_tensor_name(const struct ti_image *image, const struct ti_tensor *tensor)
{
    return (const char *)image->base + tensor->name;
}

uint32_t ti_step_count(const struct ti_image *image)
{
    return image->program->steps.count;
}

const char *ti_step_name(const struct ti_image *image, uint32_t index)
{
    const struct ti_step *const steps =
        (const struct ti_step *)(const void *)(image->base + image->program->steps.offset);
    return (const char *)image->base + steps[index].name;
}
