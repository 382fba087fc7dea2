/* SPDX-License-Identifier: MIT */
#include "elf_symbols.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OVERLAP 8 /* how many functions that start before an address may end behind it */

static struct elf_function *functions;
static int function_count;

static const Elf32_Sym *symbols;
static uint32_t symbol_count;
static const char *names;
static uint32_t names_bytes;

struct file
{
    const uint8_t *data;
    uint64_t bytes;
};

static bool read_file(const char *path, struct file *file)
{
    FILE *const stream = fopen(path, "rb");

    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0)
    {
        return false;
    }
    const long bytes = ftell(stream);
    uint8_t *const data = malloc(bytes > 0 ? (size_t)bytes : 1);

    rewind(stream);
    file->data = data;
    file->bytes = fread(data, 1, (size_t)bytes, stream);
    fclose(stream);
    return file->bytes == (uint64_t)bytes;
}

/* The table at this place, or NULL when it is not wholly inside the file. */
static const void *table(const struct file *file, uint64_t offset, uint64_t bytes)
{
    return offset + bytes <= file->bytes ? file->data + offset : NULL;
}

static bool find_symbols(const struct file *file)
{
    const Elf32_Ehdr *const header = table(file, 0, sizeof *header);

    if (header == NULL || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS32)
    {
        return false;
    }
    const Elf32_Shdr *const sections = table(file, header->e_shoff, (uint64_t)header->e_shnum * sizeof *sections);

    for (int i = 0; sections != NULL && i < header->e_shnum; i++)
    {
        if (sections[i].sh_type == SHT_SYMTAB && sections[i].sh_link < header->e_shnum)
        {
            const Elf32_Shdr *const strings = &sections[sections[i].sh_link];

            symbols = table(file, sections[i].sh_offset, sections[i].sh_size);
            symbol_count = sections[i].sh_size / (uint32_t)sizeof *symbols;
            names = table(file, strings->sh_offset, strings->sh_size);
            names_bytes = strings->sh_size;
        }
    }
    return symbols != NULL && names != NULL && names_bytes != 0 && names[names_bytes - 1] == '\0';
}

static const char *name_of(const Elf32_Sym *symbol)
{
    return symbol->st_name < names_bytes ? names + symbol->st_name : "";
}

static bool is_function(const Elf32_Sym *symbol)
{
    return ELF32_ST_TYPE(symbol->st_info) == STT_FUNC && symbol->st_value != 0;
}

static int by_address(const void *a, const void *b)
{
    const struct elf_function *const x = a;
    const struct elf_function *const y = b;

    return x->start != y->start ? (x->start < y->start ? -1 : 1) : x->order - y->order;
}

/* A function without a size, as in plain assembly, runs to the next one. */
static void end_sizeless_functions(void)
{
    uint32_t next_start = UINT32_MAX;

    for (int i = function_count - 1; i >= 0; i--)
    {
        if (i + 1 < function_count && functions[i + 1].start != functions[i].start)
        {
            next_start = functions[i + 1].start;
        }
        if (functions[i].end == functions[i].start)
        {
            functions[i].end = next_start;
        }
    }
}

static void collect_functions(void)
{
    functions = calloc(symbol_count + 1, sizeof *functions);
    for (uint32_t i = 0; i < symbol_count; i++)
    {
        if (is_function(&symbols[i]))
        {
            const uint32_t start = symbols[i].st_value & ~1u; /* without the Thumb bit */

            functions[function_count++] = (struct elf_function){
                .start = start, .end = start + symbols[i].st_size, .name = name_of(&symbols[i]), .order = (int)i};
        }
    }
    qsort(functions, (size_t)function_count, sizeof *functions, by_address);
    end_sizeless_functions();
}

bool elf_load(const char *path)
{
    struct file file;

    if (!read_file(path, &file))
    {
        fprintf(stderr, "cyclemodel: cannot read elf=%s\n", path);
        return false;
    }
    if (!find_symbols(&file))
    {
        fprintf(stderr, "cyclemodel: elf=%s is not a 32-bit ELF file with symbols\n", path);
        return false;
    }
    collect_functions();
    return true;
}

int elf_function_count(void)
{
    return function_count;
}

const struct elf_function *elf_function(int index)
{
    return &functions[index];
}

int elf_function_at(uint32_t pc)
{
    int low = 0;
    int high = function_count;

    while (low < high)
    {
        const int middle = (low + high) / 2;

        if (functions[middle].start <= pc)
        {
            low = middle + 1;
        }
        else
        {
            high = middle;
        }
    }
    for (int i = low - 1; i >= 0 && i >= low - OVERLAP; i--)
    {
        if (pc < functions[i].end)
        {
            return i;
        }
    }
    return -1;
}

bool elf_symbol(const char *name, uint32_t *address)
{
    for (uint32_t i = 0; i < symbol_count; i++)
    {
        if (!is_function(&symbols[i]) && strcmp(name_of(&symbols[i]), name) == 0)
        {
            *address = symbols[i].st_value;
            return true;
        }
    }
    return false;
}
