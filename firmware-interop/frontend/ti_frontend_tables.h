/* SPDX-License-Identifier: MIT */
#ifndef TI_FRONTEND_TABLES_H
#define TI_FRONTEND_TABLES_H

#include <stdint.h>

/* ti_frontend_tables.c is generated: dotnet run --project models/quantizer -- tables */

extern const int16_t ti_frontend_hann[480];    /* 32767 * sin^2(pi * (n + 1/2) / 480)           */
extern const int16_t ti_frontend_twiddle[512]; /* 32767 * cos, sin of 2 pi k / 512, k = 0 .. 255 */
extern const uint8_t ti_frontend_upper[256];   /* of bin k: the channel it rises to             */
extern const uint16_t ti_frontend_rise[256];   /* of bin k: its weight there, Q12               */
extern const uint16_t ti_frontend_log2[33];    /* Q10: log2(1 + i / 32)                         */

/* The bins inside the bands. */
#define TI_FRONTEND_FIRST_BIN 3
#define TI_FRONTEND_LAST_BIN 243

#endif
