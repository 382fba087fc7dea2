/* SPDX-License-Identifier: MIT */
/*
 * host-runner IMAGE INPUT OUTPUT COUNT [keep]
 * Runs COUNT invocations: INPUT holds the inputs of each, concatenated in model order; OUTPUT gets the outputs alike.
 * Every invocation starts from reset state unless `keep` is given. Exit code 0; 1 with a sentence on refusal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard.h"

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    return 1;
}

/* All bytes of a file, in a block that is exactly as large: the sanitizer then sees every byte read beyond it. */
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

    void *bytes = malloc(*size);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size)
    {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

static bool take(const uint8_t **next, const uint8_t *end, void *to, size_t size)
{
    if ((size_t)(end - *next) < size)
    {
        return false;
    }
    memcpy(to, *next, size);
    *next += size;
    return true;
}

static int run(struct ti_instance *model, const struct ti_memory *memory, const uint8_t **next, const uint8_t *end,
               FILE *output)
{
    const struct ti_image *const image = model->image;

    for (uint32_t i = 0; i < ti_input_count(image); i++)
    {
        if (!take(next, end, ti_input(model, i), image->inputs[i].place.size))
        {
            return fail("host-runner", "the input ends early");
        }
    }
    const enum ti_status status = guard_invoke(model, memory);
    if (status != TI_OK)
    {
        return fail("host-runner", ti_status_text(status));
    }
    for (uint32_t o = 0; o < ti_output_count(image); o++)
    {
        const size_t size = image->outputs[o].place.size;
        if (fwrite(ti_output(model, o), 1, size, output) != size)
        {
            return fail("host-runner", "the output cannot be written");
        }
    }
    return 0;
}

static int run_all(const struct ti_image *image, const uint8_t *input, size_t input_size, FILE *output, int count,
                   bool keep)
{
    struct ti_memory memory = {0};
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        memory.size[r] = ti_region_size(image, (enum ti_region)r);
        memory.base[r] = malloc(memory.size[r]);
    }

    struct ti_instance model;
    const enum ti_status status = ti_instance_init(&model, image, &memory);
    int result = status == TI_OK ? 0 : fail("instance refused", ti_status_text(status));

    for (const uint8_t *next = input; count > 0 && result == 0; count--)
    {
        if (!keep)
        {
            ti_reset(&model);
        }
        result = run(&model, &memory, &next, input + input_size, output);
    }

    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        free(memory.base[r]);
    }
    return result;
}

int main(int argc, char **argv)
{
    if (argc < 5)
    {
        return fail("usage", "host-runner IMAGE INPUT OUTPUT COUNT [keep]");
    }

    size_t image_size = 0;
    size_t input_size = 0;
    void *const image_bytes = read_file(argv[1], &image_size);
    void *const input = read_file(argv[2], &input_size);
    FILE *const output = fopen(argv[3], "wb");
    if (image_bytes == NULL || input == NULL || output == NULL)
    {
        return fail("host-runner", "cannot read the image or the input, or cannot write the output");
    }

    struct ti_image image;
    const enum ti_status status = ti_image_open(&image, image_bytes, image_size);
    int result = 1;
    if (status != TI_OK)
    {
        fprintf(stderr, "image refused at %u: %s\n", (unsigned)image.where, ti_status_text(status));
    }
    else
    {
        result = run_all(&image, input, input_size, output, atoi(argv[4]), argc > 5);
    }

    fclose(output);
    free(input);
    free(image_bytes);
    return result;
}
