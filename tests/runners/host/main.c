/* SPDX-License-Identifier: MIT */
/*
 * host-runner IMAGE INPUT OUTPUT COUNT [keep]
 * Runs COUNT invocations: INPUT holds the inputs of each, concatenated in model order; OUTPUT gets the outputs alike.
 * Every invocation starts from reset state unless `keep` is given. Exit code 0; 1 with a sentence on refusal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tinyinfer.h"

static void *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "rb");
    if (file == NULL)
    {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);

    void *const bytes = malloc(*size + 1);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size)
    {
        free(bytes);
        fclose(file);
        return NULL;
    }
    fclose(file);
    return bytes;
}

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 5)
    {
        return fail("usage", "host-runner IMAGE INPUT OUTPUT COUNT [keep]");
    }

    size_t image_size, input_size;
    void *const image_bytes = read_file(argv[1], &image_size);
    uint8_t *const input_bytes = read_file(argv[2], &input_size);
    FILE *const output = fopen(argv[3], "wb");
    if (image_bytes == NULL || input_bytes == NULL || output == NULL)
    {
        return fail("host-runner", "cannot read the image or the input, or cannot write the output");
    }

    struct ti_image image;
    enum ti_status status = ti_image_open(&image, image_bytes, image_size);
    if (status != TI_OK)
    {
        fprintf(stderr, "image refused at %u: %s\n", (unsigned)image.where, ti_status_text(status));
        return 1;
    }

    struct ti_memory memory = {0};
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        memory.size[r] = ti_region_size(&image, (enum ti_region)r);
        memory.base[r] = malloc(memory.size[r] + 1);
    }

    struct ti_instance model;
    status = ti_instance_init(&model, &image, &memory);
    if (status != TI_OK)
    {
        return fail("instance", ti_status_text(status));
    }

    const uint8_t *next = input_bytes;
    for (int run = atoi(argv[4]); run > 0; run--)
    {
        if (argc < 6)
        {
            ti_reset(&model);
        }
        for (uint32_t i = 0; i < ti_input_count(&image); i++)
        {
            const uint32_t size = image.inputs[i].place.size;
            if ((size_t)(input_bytes + input_size - next) < size)
            {
                return fail(argv[2], "the input ends early");
            }
            memcpy(ti_input(&model, i), next, size);
            next += size;
        }
        ti_invoke(&model);
        for (uint32_t o = 0; o < ti_output_count(&image); o++)
        {
            fwrite(ti_output(&model, o), 1, image.outputs[o].place.size, output);
        }
    }

    fclose(output);
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        free(memory.base[r]);
    }
    free(input_bytes);
    free(image_bytes);
    return 0;
}
