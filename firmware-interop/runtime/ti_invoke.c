/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../kernels/branch/ti_branch.h"
#include "ti_core.h"
#include "ti_kernels.h"

/* A routine of the program's code is told where its hot parts are. */
typedef void (*code_fn)(const void *params, const void *const *inputs, void *const *outputs, void *scratch,
                        const void *hot);

static void *at(const struct ti_instance *self, struct ti_place place)
{
    return self->region[ti_place_region(place)] + ti_place_offset(place);
}

static const uint8_t *code_of(const struct ti_image *image)
{
    return image->base + image->program->code;
}

static code_fn routine(const struct ti_image *image, const struct ti_step *step)
{
    const uintptr_t thumb = 1; /* code of a program is Thumb code */
    return (code_fn)(((uintptr_t)code_of(image) + step->entry) | thumb);
}

/* Copies the hot code to memory for it, where there is some. */
static enum ti_status place_code(struct ti_instance *self, const struct ti_memory *memory)
{
    const uint32_t size = ti_hot_size(self->image);

    self->hot = code_of(self->image);
    if (size == 0 || memory->code == NULL || memory->code_size < size)
    {
        return TI_OK;
    }
    if (((uintptr_t)memory->code & 3U) != 0)
    {
        return TI_MISALIGNED;
    }
    memcpy(memory->code, self->hot, size);
    self->hot = memory->code;
    ti_code_stored();
    return TI_OK;
}

enum ti_status ti_instance_init(struct ti_instance *self, const struct ti_image *image, const struct ti_memory *memory)
{
    self->image = image;
    ti_begin(self);
    self->region[TI_REGION_IMAGE] = (uint8_t *)(uintptr_t)image->base; /* read only: the loader refuses stores here */

    for (uint32_t r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        const uint32_t needed = image->program->region_size[r];

        if (needed != 0 && (memory->base[r] == NULL || memory->size[r] < needed))
        {
            return TI_ARENA_TOO_SMALL;
        }
        if (((uintptr_t)memory->base[r] & 3U) != 0)
        {
            return TI_MISALIGNED;
        }
        self->region[r] = memory->base[r];
    }

    ti_reset(self);
    return place_code(self, memory);
}

void ti_reset(struct ti_instance *self)
{
    const struct ti_program *const program = self->image->program;
    const uint32_t size = program->region_size[TI_REGION_STATE];

    if (size == 0)
    {
        return;
    }
    if (program->state_init == 0)
    {
        memset(self->region[TI_REGION_STATE], 0, size);
    }
    else
    {
        memcpy(self->region[TI_REGION_STATE], self->image->base + program->state_init, size);
    }
}

void *ti_input(const struct ti_instance *self, uint32_t index)
{
    return at(self, self->image->inputs[index].place);
}

const void *ti_output(const struct ti_instance *self, uint32_t index)
{
    return at(self, self->image->outputs[index].place);
}

void ti_begin(struct ti_instance *self)
{
    self->step = 0;
    self->turns = 0;
}

enum ti_status ti_outcome(const struct ti_instance *self)
{
    return self->turns > TI_MAX_TURNS ? TI_ENDLESS : TI_OK;
}

/* The step after a branch. Those to earlier steps are counted, so that every invocation ends. */
static uint32_t after_branch(struct ti_instance *self, const struct ti_step *step, const uint8_t *condition)
{
    const struct ti_branch_params *const p = (const void *)(self->image->base + step->params);

    if (condition != NULL && (*condition != 0) != (p->when != 0))
    {
        return self->step + 1;
    }
    if (step->entry <= self->step && ++self->turns > TI_MAX_TURNS)
    {
        return self->image->program->steps.count;
    }
    return step->entry;
}

bool ti_advance(struct ti_instance *self)
{
    const struct ti_image *const image = self->image;
    const struct ti_step *const step =
        (const struct ti_step *)(const void *)(image->base + image->program->steps.offset) + self->step;
    const struct ti_place *const operand = (const struct ti_place *)(const void *)(image->base + step->operands);
    const void *inputs[TI_MAX_INPUTS];
    void *outputs[TI_MAX_OUTPUTS];

    for (uint32_t i = 0; i < step->inputs; i++)
    {
        inputs[i] = at(self, operand[i]);
    }
    for (uint32_t i = 0; i < step->outputs; i++)
    {
        outputs[i] = at(self, operand[step->inputs + i]);
    }

    const uint8_t *const params = image->base + step->params;
    void *const scratch = at(self, operand[step->inputs + step->outputs]);
    if (step->kernel == TI_KERNEL_CODE)
    {
        routine(image, step)(params, inputs, outputs, scratch, self->hot);
        self->step++;
        return self->step < image->program->steps.count;
    }

    const ti_kernel_fn run = ti_kernel_find(step->kernel)->run;
    if (run == NULL)
    {
        self->step = after_branch(self, step, step->inputs != 0 ? inputs[0] : NULL);
    }
    else
    {
        run(params, inputs, outputs, scratch);
        self->step++;
    }
    return self->step < image->program->steps.count;
}

enum ti_status ti_invoke(struct ti_instance *self)
{
    ti_begin(self);
    if (self->image->program->steps.count != 0)
    {
        while (ti_advance(self))
        {
        }
    }
    return ti_outcome(self);
}
