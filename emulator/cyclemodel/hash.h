/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_HASH_H
#define CYCLEMODEL_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a */
static inline uint64_t hash_bytes(const void *data, size_t size)
{
    const uint8_t *const bytes = data;
    uint64_t hash = 14695981039346656037ull;

    for (size_t i = 0; i < size; i++)
    {
        hash = (hash ^ bytes[i]) * 1099511628211ull;
    }
    return hash ^ hash >> 29;
}

#endif
