/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_ELF_SYMBOLS_H
#define CYCLEMODEL_ELF_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

struct elf_function
{
    uint32_t start;
    uint32_t end;
    const char *name;
    int order; /* in the symbol table */
};

/* False after one sentence on stderr. */
bool elf_load(const char *path);

int elf_function_count(void);
const struct elf_function *elf_function(int index);

/* Index of the function at this address, or -1. */
int elf_function_at(uint32_t pc);

/* Address of a symbol that is no function; false: there is none. */
bool elf_symbol(const char *name, uint32_t *address);

#endif
