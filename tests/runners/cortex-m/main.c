/* SPDX-License-Identifier: MIT */
/*
 * Runs the model linked into emulated flash. The words on the emulator's command line say how:
 *
 *     run COUNT [keep] [still]
 *                        inputs.bin has the inputs of COUNT invocations, outputs.bin gets the outputs; every invocation
 *                        starts from reset state unless `keep` is given, and code stays in flash where `still` is
 *     anything else      runs the model twice on the input linked with it; the second time is marker region 0 of the
 *                        cycle model. Prints the stack bytes of ti_invoke, the size of the runtime's own
 *                        structs and that of the engine's code.
 *
 * Exit code 0; 1 with a sentence on refusal.
 */
#include <string.h>

#include "semihosting.h"
#include "stack.h"
#include "tinyinfer.h"

/* Made for each model by compiler/Targets/ModelObject.cs. */
extern const uint8_t model_image[], model_image_end[], model_input[];
extern uint8_t model_arena[], model_state[], model_fast[], model_code[];

/* Made by emulator/common/sections.ld. */
extern const uint8_t engine_begin[], engine_end[];

/* The cycle model watches stores here: [2 * region] begins, [2 * region + 1] ends. Clearing it would look like marks.
 */
volatile uint32_t cyc_marker[520] __attribute__((aligned(8), section(".noinit")));

/* The cycle model watches its first word, the number of the current step. */
struct ti_instance ti_profile_instance;

static const uint8_t GARBAGE = 0xA5;

static int fail(const char *what, const char *why)
{
    semihosting_print(what);
    semihosting_print(": ");
    semihosting_print(why);
    semihosting_print("\n");
    return 1;
}

static int run(struct ti_instance *model, const struct ti_memory *memory, uint32_t count, bool keep)
{
    const struct ti_image *const image = model->image;
    const uint32_t input = semihosting_open_read("inputs.bin");
    const uint32_t output = semihosting_open_write("outputs.bin");

    if (input == 0 || output == 0)
    {
        return fail("runner", "inputs.bin or outputs.bin cannot be opened");
    }
    for (; count > 0; count--)
    {
        if (!keep)
        {
            ti_reset(model);
        }
        memset(memory->base[TI_REGION_ARENA], GARBAGE, memory->size[TI_REGION_ARENA]);
        for (uint32_t i = 0; i < ti_input_count(image); i++)
        {
            if (!semihosting_read(input, ti_input(model, i), image->inputs[i].place.size))
            {
                return fail("runner", "the input ends early");
            }
        }
        const enum ti_status status = ti_invoke(model);
        if (status != TI_OK)
        {
            return fail("runner", ti_status_text(status));
        }
        for (uint32_t o = 0; o < ti_output_count(image); o++)
        {
            if (!semihosting_write(output, ti_output(model, o), image->outputs[o].place.size))
            {
                return fail("runner", "the output cannot be written");
            }
        }
    }
    semihosting_close(output);
    semihosting_close(input);
    return 0;
}

static void load_input(struct ti_instance *model)
{
    const uint8_t *next = model_input;

    ti_reset(model);
    for (uint32_t i = 0; i < ti_input_count(model->image); i++)
    {
        memcpy(ti_input(model, i), next, model->image->inputs[i].place.size);
        next += model->image->inputs[i].place.size;
    }
}

static void print_size(const char *name, uint32_t bytes)
{
    semihosting_print(name);
    semihosting_print(" ");
    semihosting_print_number(bytes);
    semihosting_print("\n");
}

static int profile(struct ti_instance *model)
{
    load_input(model);
    stack_paint();
    ti_invoke(model);
    const uint32_t stack = stack_used();

    load_input(model);
    cyc_marker[0] = 0;
    ti_invoke(model);
    cyc_marker[1] = 0;

    print_size("stack_bytes", stack);
    print_size("runtime_bytes", sizeof(struct ti_instance) + sizeof(struct ti_image));
    print_size("code_bytes", (uint32_t)(engine_end - engine_begin));
    return 0;
}

static uint32_t number(const char *text)
{
    uint32_t value = 0;
    for (; *text >= '0' && *text <= '9'; text++)
    {
        value = value * 10 + (uint32_t)(*text - '0');
    }
    return value;
}

int main(void)
{
    struct ti_instance *const model = &ti_profile_instance;
    struct ti_image image;
    enum ti_status status = ti_image_open(&image, model_image, (size_t)(model_image_end - model_image));
    if (status != TI_OK)
    {
        return fail("image refused", ti_status_text(status));
    }

    char words[200];
    semihosting_command_line(words, sizeof words);
    const bool still = strstr(words, " still") != NULL;
    const struct ti_memory memory = {
        .base = {NULL, model_arena, model_state, model_fast},
        .size = {0, ti_region_size(&image, TI_REGION_ARENA), ti_region_size(&image, TI_REGION_STATE),
                 ti_region_size(&image, TI_REGION_FAST)},
        .code = still ? NULL : model_code,
        .code_size = ti_hot_size(&image),
    };
    status = ti_instance_init(model, &image, &memory);
    if (status != TI_OK)
    {
        return fail("instance refused", ti_status_text(status));
    }

    return memcmp(words, "run ", 4) == 0 ? run(model, &memory, number(words + 4), strstr(words, " keep") != NULL)
                                         : profile(model);
}
