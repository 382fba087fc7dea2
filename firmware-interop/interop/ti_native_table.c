/* SPDX-License-Identifier: MIT */
#include "ti_native_table.h"

#include <string.h>

#ifndef TI_NATIVE_MODELS
#define TI_NATIVE_MODELS 4
#endif
#ifndef TI_NATIVE_ARENA_BYTES
#define TI_NATIVE_ARENA_BYTES 65536
#endif
#ifndef TI_NATIVE_FAST_BYTES
#define TI_NATIVE_FAST_BYTES 0
#endif

#ifdef TI_NATIVE_ARENA_SECTION
#define ARENA_PLACE __attribute__((section(TI_NATIVE_ARENA_SECTION), aligned(32)))
#else
#define ARENA_PLACE __attribute__((aligned(32)))
#endif

static ARENA_PLACE uint8_t arena[TI_NATIVE_ARENA_BYTES];

#if TI_NATIVE_FAST_BYTES > 0
#ifdef TI_NATIVE_FAST_SECTION
#define FAST_PLACE __attribute__((section(TI_NATIVE_FAST_SECTION), aligned(32)))
#else
#define FAST_PLACE __attribute__((aligned(32)))
#endif
static FAST_PLACE uint8_t fast[TI_NATIVE_FAST_BYTES];
static const struct ti_native_model *fast_owner;
#endif

static struct ti_native_model table[TI_NATIVE_MODELS];

/* A handle: generation << 7 | entry + 1. */
enum
{
    ENTRY_BITS = 7,
    GENERATIONS = 1 << 23
};

_Static_assert(TI_NATIVE_MODELS >= 1 && TI_NATIVE_MODELS < (1 << ENTRY_BITS), "1..127 models");
_Static_assert(TI_NATIVE_ARENA_BYTES < (1 << 28), "an arena is smaller than 256 MiB");

static bool used(const struct ti_native_model *model)
{
    return model->image.base != NULL;
}

struct ti_native_model *ti_native_find(int32_t handle)
{
    const int32_t entry = (handle & ((1 << ENTRY_BITS) - 1)) - 1;

    if (handle <= 0 || entry < 0 || entry >= TI_NATIVE_MODELS)
    {
        return NULL;
    }
    return used(&table[entry]) && table[entry].generation == handle >> ENTRY_BITS ? &table[entry] : NULL;
}

bool ti_native_is_open(const void *image)
{
    for (int32_t i = 0; i < TI_NATIVE_MODELS; i++)
    {
        if (used(&table[i]) && table[i].image.base == image)
        {
            return true;
        }
    }
    return false;
}

struct ti_native_model *ti_native_free(void)
{
    for (int32_t i = 0; i < TI_NATIVE_MODELS; i++)
    {
        if (!used(&table[i]))
        {
            return &table[i];
        }
    }
    return NULL;
}

int32_t ti_native_handle(const struct ti_native_model *model)
{
    return (int32_t)((uint32_t)model->generation << ENTRY_BITS) | (int32_t)(model - table + 1);
}

void ti_native_release(struct ti_native_model *model)
{
    const int32_t generation = (model->generation + 1) & (GENERATIONS - 1);

#if TI_NATIVE_FAST_BYTES > 0
    fast_owner = fast_owner == model ? NULL : fast_owner;
#endif
    memset(model, 0, sizeof *model);
    model->generation = generation;
}

/* The end of the block that covers any byte of begin..end-1, or 0 when all are free. */
static uint32_t taken_until(const struct ti_native_model *self, uint32_t begin, uint64_t end)
{
    for (int32_t i = 0; i < TI_NATIVE_MODELS; i++)
    {
        if (&table[i] != self && table[i].begin < end && begin < table[i].end)
        {
            return table[i].end;
        }
    }
    return 0;
}

/* The free bytes from `begin` to the next block or the end of the arena. */
static uint32_t free_from(const struct ti_native_model *self, uint32_t begin)
{
    uint32_t end = TI_NATIVE_ARENA_BYTES;
    for (int32_t i = 0; i < TI_NATIVE_MODELS; i++)
    {
        if (&table[i] != self && table[i].end > begin && table[i].begin < end)
        {
            end = table[i].begin;
        }
    }
    return end > begin ? end - begin : 0;
}

static uint32_t padded(uint32_t size)
{
    return (size + 31U) & ~31U;
}

/* Sets begin and end of the model to the lowest free block of `size` bytes, or says how large the largest one is. */
static bool place(struct ti_native_model *model, uint64_t size, uint32_t *largest)
{
    uint32_t begin = 0;
    uint32_t next;

    *largest = 0;
    while ((next = taken_until(model, begin, begin + size)) != 0)
    {
        const uint32_t room = taken_until(model, begin, begin + UINT64_C(1)) != 0 ? 0 : free_from(model, begin);
        *largest = room > *largest ? room : *largest;
        begin = next;
    }
    if (begin + size <= TI_NATIVE_ARENA_BYTES)
    {
        model->begin = begin;
        model->end = (uint32_t)(begin + size);
        return true;
    }

    const uint32_t room = free_from(model, begin);
    *largest = room > *largest ? room : *largest;
    return false;
}

/* Memory for hot code behind the rest, where the arena can hold code and has room for it. */
static void claim_code(struct ti_native_model *model, struct ti_memory *memory, uint64_t size)
{
    const uint32_t hot = ti_hot_size(&model->image);
    uint32_t largest;

    if (hot == 0 || !ti_port_runs_code(arena) || !place(model, size + padded(hot), &largest))
    {
        return;
    }
    memory->code = arena + model->begin + size;
    memory->code_size = hot;
}

enum ti_status ti_native_claim(struct ti_native_model *model, struct ti_memory *memory, uint32_t *needed,
                               uint32_t *largest)
{
    uint64_t size = 0;
    uint32_t offset[TI_REGION_COUNT] = {0};
    bool in_fast = false;

#if TI_NATIVE_FAST_BYTES > 0
    const uint32_t wanted = ti_region_size(&model->image, TI_REGION_FAST);
    in_fast = wanted != 0 && wanted <= TI_NATIVE_FAST_BYTES && fast_owner == NULL;
#endif

    /* A region is below 2^32; padded() can wrap only for sizes that the sum then refuses. */
    for (uint32_t r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        const uint32_t bytes = r == TI_REGION_FAST && in_fast ? 0 : ti_region_size(&model->image, (enum ti_region)r);

        offset[r] = (uint32_t)size;
        size += bytes > TI_NATIVE_ARENA_BYTES ? bytes : padded(bytes);
    }

    *needed = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
    if (!place(model, size, largest))
    {
        return TI_ARENA_TOO_SMALL;
    }
    claim_code(model, memory, size);
    for (uint32_t r = TI_REGION_ARENA; r < TI_REGION_COUNT; r++)
    {
        memory->base[r] = arena + model->begin + offset[r];
        memory->size[r] = ti_region_size(&model->image, (enum ti_region)r);
    }
#if TI_NATIVE_FAST_BYTES > 0
    if (in_fast)
    {
        memory->base[TI_REGION_FAST] = fast;
        fast_owner = model;
    }
#endif
    return TI_OK;
}
