/* SPDX-License-Identifier: MIT */
#include "guard.h"

#ifdef __SANITIZE_ADDRESS__

#include <sanitizer/asan_interface.h>

#include "ti_image.h"

static void poison(const struct ti_memory *memory)
{
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        ASAN_POISON_MEMORY_REGION(memory->base[r], memory->size[r]);
    }
}

static void allow(const struct ti_memory *memory)
{
    for (int r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        ASAN_UNPOISON_MEMORY_REGION(memory->base[r], memory->size[r]);
    }
}

static void allow_operands(const struct ti_instance *model)
{
    const uint8_t *const base = model->image->base;
    const struct ti_step *const step =
        (const struct ti_step *)(const void *)(base + model->image->program->steps.offset) + model->step;
    const struct ti_place *const operand = (const struct ti_place *)(const void *)(base + step->operands);

    for (uint32_t i = 0; i < step->inputs + step->outputs + 1U; i++)
    {
        if (ti_place_region(operand[i]) != TI_REGION_IMAGE)
        {
            ASAN_UNPOISON_MEMORY_REGION(model->region[ti_place_region(operand[i])] + ti_place_offset(operand[i]),
                                        operand[i].size);
        }
    }
}

enum ti_status guard_invoke(struct ti_instance *model, const struct ti_memory *memory)
{
    ti_begin(model);
    for (bool more = ti_step_count(model->image) != 0; more;)
    {
        poison(memory);
        allow_operands(model);
        more = ti_advance(model);
    }
    allow(memory);
    return ti_outcome(model);
}

#else

enum ti_status guard_invoke(struct ti_instance *model, const struct ti_memory *memory)
{
    (void)memory;
    return ti_invoke(model);
}

#endif
