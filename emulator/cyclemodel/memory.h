/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_MEMORY_H
#define CYCLEMODEL_MEMORY_H

#include "cache.h"
#include "insn.h"
#include "qemu_plugin_api.h"

/* What a load or store costs beyond the pipeline model because of its address. */
extern struct cache dcache;

void memory_init(void);

/* Watches the instruction's accesses if any rule depends on their addresses. */
void memory_watch(struct qemu_plugin_insn *handle, struct insn *insn);

#endif
