/* SPDX-License-Identifier: MIT */
#ifndef GUARD_H
#define GUARD_H

#include "tinyinfer.h"

/*
 * Runs the model like ti_invoke. Under the address sanitizer each step can touch only the bytes of its own operands and
 * scratch: the rest of every region is poisoned while it runs.
 */
enum ti_status guard_invoke(struct ti_instance *model, const struct ti_memory *memory);

#endif
