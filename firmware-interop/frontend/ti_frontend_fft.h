/* SPDX-License-Identifier: MIT */
#ifndef TI_FRONTEND_FFT_H
#define TI_FRONTEND_FFT_H

#include <stdint.h>

/*
 * In place: 512 real numbers, |v| <= 2^15, become twice their spectrum,
 *
 *     data[2k] + i * data[2k + 1] = 2 * sum over n of v[n] * exp(-2 pi i k n / 512)    k = 1 .. 255
 *
 * (data[0], data[1] are left with no meaning). The even samples are taken as real parts and
 * the odd ones as imaginary parts of 256 complex numbers; a radix-2 decimation-in-time FFT
 * with bit-reversed input transforms those without scaling, and one more pass separates the
 * two. A product with a twiddle factor (Q15, 1 stored as 32767) rounds its real and its
 * imaginary part each as (v + 2^14) >> 15; nothing else rounds.
 */
void ti_frontend_fft(int32_t data[512]);

#endif
