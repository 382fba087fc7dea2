/* SPDX-License-Identifier: MIT */
#ifndef TI_FRONTEND_H
#define TI_FRONTEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sound to features, in integers: 16 kHz mono int16 in, one row of 20 int8 values out
 * for every 20 ms. A row is a log-mel spectrum of the last 30 ms; the first comes
 * after 480 samples. One second of sound gives 49 rows, the input of models/keywords.
 *
 *     struct ti_frontend f;
 *     int8_t row[TI_FRONTEND_CHANNELS];
 *     ti_frontend_init(&f);
 *     ...
 *     while (ti_frontend_push(&f, &samples, &count, row))
 *     {
 *         // use row
 *     }
 *
 * No allocation, no global state, no floating point, about 150 bytes of stack; the
 * caller owns the struct (3 KB). A row costs about 106,000 cycles on a Cortex-M4 and
 * 63,000 on an M7 (cycle model, no wait states), code and tables 4.5 KB. Every step is exact, so all machines give the
 * same bytes. >> rounds towards minus infinity, also for negative numbers:
 *
 *   1. gain     s = the most left shift, at most 15, for which every |x[n]| << s is below 2^15;
 *               0 when x is all zero or has -32768
 *   2. window   y[n] = ((x[n] << s) * hann[n] + 2^14) >> 15             n = 0 .. 479
 *   3. FFT      X[k] = twice the 512-point spectrum of y, see ti_frontend_fft.h
 *   4. power    p[k] = r(re X[k])^2 + r(im X[k])^2, r(v) = (v + 2^7) >> 8,  k = 1 .. 255
 *   5. bands    e[c] = sum of p[k] * weight of bin k in channel c; weights are Q12, and
 *               bin k is shared by two channels: rise[k] to channel upper[k],
 *               4096 - rise[k] to channel upper[k] - 1; channels -1 and 20 do not exist
 *   6. log      l = log2(max(e, 1)) in Q10: the position of the top bit, and between powers
 *               of two a straight line between 33 points
 *   7. output   clamp((l - 2048 * s - 28672 + 64) >> 7, -128, 127)
 *
 * So a feature counts eighths of an octave of power (0.376 dB); 0 is 2^-16 of what a
 * sine of full scale gives. The 20 bands are triangles between 80 and 7600 Hz, evenly
 * spaced on the mel scale 1127 * ln(1 + f / 700).
 */
#define TI_FRONTEND_RATE 16000
#define TI_FRONTEND_WINDOW 480
#define TI_FRONTEND_STEP 320
#define TI_FRONTEND_FFT 512
#define TI_FRONTEND_CHANNELS 20

struct ti_frontend
{
    int32_t work[TI_FRONTEND_FFT];
    int16_t samples[TI_FRONTEND_WINDOW];
    int32_t filled; /* samples that the next window already has */
};

void ti_frontend_init(struct ti_frontend *f);

/*
 * Takes samples until a row is complete: true, the row written, and *samples and *count
 * moved past what was taken; or until none are left: false, and `row` untouched.
 */
bool ti_frontend_push(struct ti_frontend *f, const int16_t **samples, size_t *count, int8_t row[TI_FRONTEND_CHANNELS]);

/* One row from one window of TI_FRONTEND_WINDOW samples; `work` has TI_FRONTEND_FFT words. */
void ti_frontend_row(const int16_t *window, int32_t *work, int8_t row[TI_FRONTEND_CHANNELS]);

#endif
