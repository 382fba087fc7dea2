/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "guest_memory.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_REGION_BYTES 65536 /* more than QEMU's struct MemoryRegion has in any version */

static void *qemu_function(const char *name)
{
    return dlsym(RTLD_DEFAULT, name);
}

uint32_t guest_read_word(uint32_t address)
{
    void (*physical_rw)(uint64_t address, void *data, uint64_t bytes, bool write);
    uint32_t word = 0;

    *(void **)&physical_rw = qemu_function("cpu_physical_memory_rw");
    if (physical_rw != NULL)
    {
        physical_rw(address, &word, sizeof word, false);
    }
    return word;
}

void guest_write(uint32_t address, const void *data, size_t bytes)
{
    void (*physical_rw)(uint64_t address, void *data, uint64_t bytes, bool write);

    *(void **)&physical_rw = qemu_function("cpu_physical_memory_rw");
    if (physical_rw != NULL)
    {
        uint8_t copy[bytes];

        memcpy(copy, data, bytes);
        physical_rw(address, copy, bytes, true);
    }
}

static bool map(uint64_t base, uint64_t size)
{
    void *(*system_memory)(void);
    void (*init_ram)(void *region, void *owner, const char *name, uint64_t size, void *error);
    void (*add_subregion)(void *parent, uint64_t base, void *region);
    char name[32];

    *(void **)&system_memory = qemu_function("get_system_memory");
    *(void **)&init_ram = qemu_function("memory_region_init_ram");
    *(void **)&add_subregion = qemu_function("memory_region_add_subregion");
    if (system_memory == NULL || init_ram == NULL || add_subregion == NULL)
    {
        fprintf(stderr, "cyclemodel: ram= is not supported by this QEMU\n");
        return false;
    }
    snprintf(name, sizeof name, "cyclemodel.%08" PRIx64, base);

    void *const region = calloc(1, MEMORY_REGION_BYTES);
    init_ram(region, NULL, strdup(name), size, qemu_function("error_fatal"));
    add_subregion(system_memory(), base, region);
    return true;
}

void guest_map_ram(const char *ranges)
{
    const char *rest = ranges;

    while (*rest != '\0')
    {
        char *end;
        const uint64_t base = strtoull(rest, &end, 0);

        if (*end != '+')
        {
            fprintf(stderr, "cyclemodel: ram=%s is not understood (write BASE+SIZE[:BASE+SIZE...])\n", ranges);
            return;
        }
        const uint64_t size = strtoull(end + 1, &end, 0);
        if (!map(base, size))
        {
            return;
        }
        rest = *end == ':' ? end + 1 : end;
    }
}
