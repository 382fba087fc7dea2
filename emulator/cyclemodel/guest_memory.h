/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_GUEST_MEMORY_H
#define CYCLEMODEL_GUEST_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/*
 * Things the plugin interface has no call for. They use functions that Debian's QEMU exports and are left out, with a
 * sentence on stderr for the last one, where it does not; what cannot be read is 0.
 */
uint32_t guest_read_word(uint32_t address);
void guest_write(uint32_t address, const void *data, size_t bytes);

/* Adds memory, so that an image linked for another map runs: BASE+SIZE[:BASE+SIZE...] */
void guest_map_ram(const char *ranges);

#endif
