/* SPDX-License-Identifier: MIT */
#include "ti_frontend.h"

#include <string.h>

#include "ti_frontend_fft.h"
#include "ti_frontend_tables.h"

static int32_t top_bit(uint64_t value)
{
    int32_t bit = 0;

    for (int32_t step = 32; step > 0; step /= 2)
    {
        if ((value >> step) != 0)
        {
            value >>= step;
            bit += step;
        }
    }
    return bit;
}

static int32_t gain_shift(const int16_t *x)
{
    int32_t peak = 0;

    for (int32_t n = 0; n < TI_FRONTEND_WINDOW; n++)
    {
        const int32_t size = x[n] < 0 ? -x[n] : x[n];
        peak = size > peak ? size : peak;
    }
    return peak == 0 || peak > INT16_MAX ? 0 : 14 - top_bit((uint64_t)peak);
}

/* log2(max(value, 1)) in Q10. */
static int32_t log2_q10(uint64_t value)
{
    const uint64_t positive = value == 0 ? 1 : value;
    const int32_t bit = top_bit(positive);
    const uint32_t fraction = (uint32_t)((positive << (63 - bit)) >> 47) & 0xffffU; /* Q16, without the top bit */
    const uint32_t segment = fraction >> 11;
    const uint32_t inside = fraction & 0x7ffU;
    const uint32_t low = ti_frontend_log2[segment];
    const uint32_t high = ti_frontend_log2[segment + 1];

    return bit * 1024 + (int32_t)(low + (((high - low) * inside + 1024U) >> 11));
}

static int8_t feature(uint64_t energy, int32_t shift)
{
    const int32_t value = (log2_q10(energy) - 2048 * shift - 28672 + 64) >> 7;
    return (int8_t)(value < INT8_MIN ? INT8_MIN : value > INT8_MAX ? INT8_MAX : value);
}

static uint32_t power(const int32_t *bin)
{
    const int32_t re = (bin[0] + 128) >> 8;
    const int32_t im = (bin[1] + 128) >> 8;

    /* |X| <= 2 * 480 * 2^15 / 2, so both stay below 61441 and the sum below 2^32. */
    return (uint32_t)re * (uint32_t)re + (uint32_t)im * (uint32_t)im;
}

void ti_frontend_row(const int16_t *window, int32_t *work, int8_t row[TI_FRONTEND_CHANNELS])
{
    const int32_t shift = gain_shift(window);

    for (int32_t n = 0; n < TI_FRONTEND_WINDOW; n++)
    {
        work[n] = (window[n] * (1 << shift) * ti_frontend_hann[n] + (1 << 14)) >> 15;
    }
    memset(work + TI_FRONTEND_WINDOW, 0, (TI_FRONTEND_FFT - TI_FRONTEND_WINDOW) * sizeof work[0]);

    ti_frontend_fft(work);

    uint64_t energy = 0; /* of channel `channel` so far */
    uint64_t next = 0;   /* of the channel above        */
    int32_t channel = -1;

    for (int32_t k = TI_FRONTEND_FIRST_BIN; k <= TI_FRONTEND_LAST_BIN; k++)
    {
        for (; channel < ti_frontend_upper[k] - 1; channel++)
        {
            if (channel >= 0)
            {
                row[channel] = feature(energy, shift);
            }
            energy = next;
            next = 0;
        }

        const uint64_t p = power(work + 2 * k);
        next += p * ti_frontend_rise[k];
        energy += p * (4096U - ti_frontend_rise[k]);
    }
    row[channel] = feature(energy, shift);
}

void ti_frontend_init(struct ti_frontend *f)
{
    f->filled = 0;
}

bool ti_frontend_push(struct ti_frontend *f, const int16_t **samples, size_t *count, int8_t row[TI_FRONTEND_CHANNELS])
{
    while (*count > 0)
    {
        f->samples[f->filled++] = *(*samples)++;
        (*count)--;

        if (f->filled == TI_FRONTEND_WINDOW)
        {
            ti_frontend_row(f->samples, f->work, row);
            f->filled = TI_FRONTEND_WINDOW - TI_FRONTEND_STEP;
            memmove(f->samples, f->samples + TI_FRONTEND_STEP, (size_t)f->filled * sizeof f->samples[0]);
            return true;
        }
    }
    return false;
}
