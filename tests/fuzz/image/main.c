/* SPDX-License-Identifier: MIT */
/*
 * image-fuzzer COUNT IMAGE...
 * Opens COUNT mutations of each good image and runs those that the loader accepts. The checksum is mended after each
 * mutation, so that damage gets past it. Regions are allocated with their exact size: built with AddressSanitizer and
 * UndefinedBehaviorSanitizer, every access outside an operand's region is a report.
 * Prints "IMAGE ACCEPTED accepted, REFUSED refused"; a mutation that runs longer than 10 seconds ends the process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../firmware-interop/runtime/ti_crc32.h"
#include "../../../firmware-interop/runtime/ti_image.h"

enum
{
    CHECKSUM_FROM = 16,
    REGION_LIMIT = 1 << 20,
    SECONDS_A_MUTATION = 10,
    STEPS_A_MUTATION = 1000
};

/* xorshift64: small, and the same on every machine. */
static uint32_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 16);
}

static const uint32_t interesting[] = {0,          1,          2,          3,          4,          0x7F,
                                       0x80,       0xFF,       0x7FFF,     0x8000,     0xFFFF,     0x10000,
                                       0x0FFFFFFF, 0x10000000, 0x20000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};

/* Where a mutation does most harm: the tables and parameters, which are the words before and between the constants. */
static size_t pick_word(const uint8_t *image, size_t words, uint64_t *random)
{
    const struct ti_image_header *const header = (const struct ti_image_header *)(const void *)image;
    const struct ti_program *const programs =
        (const struct ti_program *)(const void *)(image + header->programs.offset);
    const struct ti_program *const program = &programs[next(random) % header->programs.count];
    const struct ti_step *const steps = (const struct ti_step *)(const void *)(image + program->steps.offset);

    if (program->steps.count == 0 || next(random) % 4 == 0)
    {
        return next(random) % words;
    }

    const struct ti_step *const step = &steps[next(random) % program->steps.count];
    const uint32_t operands = 2U * (step->inputs + step->outputs + 1U);
    switch (next(random) % 5)
    {
    case 0:
        return next(random) % (sizeof *header / 4);
    case 1:
        return (program->steps.offset + (uint32_t)((const uint8_t *)step - (const uint8_t *)steps)) / 4 +
               next(random) % (sizeof *step / 4);
    case 2:
        return (header->programs.offset + (uint32_t)((const uint8_t *)program - (const uint8_t *)programs)) / 4 +
               next(random) % (sizeof *program / 4);
    case 3:
        return step->operands / 4 + next(random) % operands;
    default:
        return step->params / 4 + next(random) % 16;
    }
}

static size_t mutate(uint8_t *image, const uint8_t *good, size_t size, uint64_t *random)
{
    const size_t words = size / 4;

    memcpy(image, good, size);
    for (uint32_t edits = 1 + next(random) % 3; edits > 0; edits--)
    {
        const size_t at = pick_word(good, words, random) % words;
        uint32_t value;
        memcpy(&value, image + 4 * at, 4);
        switch (next(random) % 5)
        {
        case 0:
            value = interesting[next(random) % (sizeof interesting / sizeof interesting[0])];
            break;
        case 1:
            value ^= 1U << (next(random) % 32);
            break;
        case 2:
            value += next(random) % 9 - 4;
            break;
        case 3:
            value = next(random);
            break;
        default:
            memcpy(&value, good + 4 * (next(random) % words), 4);
            break;
        }
        memcpy(image + 4 * at, &value, 4);
    }

    return next(random) % 16 == 0 ? next(random) % size : size;
}

static void mend(uint8_t *image, size_t size)
{
    struct ti_image_header header;

    if (size < sizeof header)
    {
        return;
    }
    memcpy(&header, image, sizeof header);
    if (header.length > CHECKSUM_FROM && header.length <= size)
    {
        header.checksum = ti_crc32(image + CHECKSUM_FROM, header.length - CHECKSUM_FROM);
        memcpy(image, &header, sizeof header);
    }
}

static bool allocate(const struct ti_image *image, struct ti_memory *memory)
{
    bool small = true;

    memset(memory, 0, sizeof *memory);
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        memory->size[r] = ti_region_size(image, (enum ti_region)r);
        small = small && memory->size[r] <= REGION_LIMIT;
    }
    for (int r = TI_REGION_ARENA; small && r < TI_REGION_COUNT; r++)
    {
        memory->base[r] = malloc(memory->size[r]);
    }
    return small;
}

/* Each turn of a loop may cost as much as a whole model, so that TI_MAX_TURNS of them are too many to wait for. */
static void run_some(struct ti_instance *model)
{
    ti_begin(model);
    for (uint32_t i = 0; i < STEPS_A_MUTATION && ti_step_count(model->image) != 0 && ti_advance(model); i++)
    {
    }
}

static bool run(const uint8_t *bytes, size_t size, uint64_t *random)
{
    struct ti_image image;
    struct ti_memory memory;
    struct ti_instance model;

    if (ti_image_open(&image, bytes, size) != TI_OK || !allocate(&image, &memory))
    {
        return false;
    }

    const bool ready = ti_instance_init(&model, &image, &memory) == TI_OK;
    if (ready)
    {
        for (uint32_t i = 0; i < ti_input_count(&image); i++)
        {
            for (uint32_t b = 0; b < image.inputs[i].place.size; b++)
            {
                ((uint8_t *)ti_input(&model, i))[b] = (uint8_t)next(random);
            }
        }
        run_some(&model);
    }
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        free(memory.base[r]);
    }
    return ready;
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
    {
        return NULL;
    }
    *size = (size_t)ftell(file);
    rewind(file);

    uint8_t *const bytes = malloc(*size);
    const bool whole = bytes != NULL && fread(bytes, 1, *size, file) == *size;
    fclose(file);
    return whole ? bytes : NULL;
}

static unsigned long fuzz(const uint8_t *good, size_t size, unsigned long count)
{
    unsigned long accepted = 0;
    uint8_t *const image = malloc(size);

    for (unsigned long m = 0; m < count; m++)
    {
        uint64_t random = UINT64_C(0x9E3779B97F4A7C15) * (m + 1);
        const size_t length = mutate(image, good, size, &random);
        uint8_t *const exact = malloc(length);

        alarm(SECONDS_A_MUTATION);
        mend(image, length);
        memcpy(exact, image, length);
        accepted += run(exact, length, &random);
        free(exact);
    }
    free(image);
    return accepted;
}

int main(int argc, char **argv)
{
    if (argc < 3)
    {
        fprintf(stderr, "usage: image-fuzzer COUNT IMAGE...\n");
        return 2;
    }

    const unsigned long count = strtoul(argv[1], NULL, 10);
    for (int i = 2; i < argc; i++)
    {
        size_t size = 0;
        uint8_t *const good = read_file(argv[i], &size);
        if (good == NULL)
        {
            fprintf(stderr, "%s cannot be read\n", argv[i]);
            return 2;
        }
        printf("%s ", argv[i]);
        fflush(stdout);
        const unsigned long accepted = fuzz(good, size, count);
        printf("%lu accepted, %lu refused\n", accepted, count - accepted);
        free(good);
    }
    return 0;
}
