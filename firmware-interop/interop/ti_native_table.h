/* SPDX-License-Identifier: MIT */
#ifndef TI_NATIVE_TABLE_H
#define TI_NATIVE_TABLE_H

#include "ti_native.h"

/* An open model. `image` is zero in unused entries. */
struct ti_native_model
{
    struct ti_image image;
    struct ti_instance instance;
    uint32_t begin; /* bytes of the arena that it has: begin..end-1 */
    uint32_t end;
    int32_t generation; /* how often the entry was closed, so that an old handle is known */
    bool busy;          /* a run in slices has begun */
};

/* The open model, or NULL. */
struct ti_native_model *ti_native_find(int32_t handle);

/* A free entry that ti_native_claim has not yet kept, or NULL when all are in use. */
struct ti_native_model *ti_native_free(void);

/*
 * Finds memory for an opened image, at the lowest place of the arena that is large enough. On TI_ARENA_TOO_SMALL
 * `needed` and `largest` tell what is missing.
 */
enum ti_status ti_native_claim(struct ti_native_model *model, struct ti_memory *memory, uint32_t *needed,
                               uint32_t *largest);

int32_t ti_native_handle(const struct ti_native_model *model);

/* Forgets the model; its memory and entry are free. */
void ti_native_release(struct ti_native_model *model);

#endif
