/* SPDX-License-Identifier: MIT */
/* What interop/ti_native.h asks of a platform, for the library that the .NET twin of Native.cs calls. */
#define _POSIX_C_SOURCE 199309L

#include <time.h>

#include "../../../firmware-interop/interop/ti_native.h"

static const uint8_t *flash;
static uint32_t flash_size;

enum
{
    FLASH_START = 0x08000000
};

void ti_host_flash(const void *bytes, uint32_t size);

/* Stands for memory-mapped flash: `size` bytes that code sees from address FLASH_START on. */
void ti_host_flash(const void *bytes, uint32_t size)
{
    flash = bytes;
    flash_size = size;
}

uint32_t ti_port_cycles(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec);
}

uint32_t ti_port_cycles_per_microsecond(void)
{
    return 1000;
}

bool ti_port_runs_code(const void *address)
{
    return address == NULL;
}

const void *ti_port_flash(uint32_t address, uint32_t *available)
{
    if (flash == NULL || address < FLASH_START || address - FLASH_START >= flash_size)
    {
        return NULL;
    }
    *available = flash_size - (address - FLASH_START);
    return flash + (address - FLASH_START);
}
