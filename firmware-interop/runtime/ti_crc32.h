/* SPDX-License-Identifier: MIT */
#ifndef TI_CRC32_H
#define TI_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 as in IEEE 802.3: reflected, polynomial 0xEDB88320, initial value and final xor 0xFFFFFFFF. */
uint32_t ti_crc32(const uint8_t *bytes, size_t length);

#endif
