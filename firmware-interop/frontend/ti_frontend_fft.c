/* SPDX-License-Identifier: MIT */
#include "ti_frontend_fft.h"
#include "ti_frontend_tables.h"

#define POINTS 256

struct complex32
{
    int32_t re;
    int32_t im;
};

/* value * exp(-2 pi i index / 512) */
static struct complex32 turn(struct complex32 value, int32_t index)
{
    const int64_t cosine = ti_frontend_twiddle[2 * index];
    const int64_t sine = ti_frontend_twiddle[2 * index + 1];
    const struct complex32 turned = {
        .re = (int32_t)((value.re * cosine + value.im * sine + (1 << 14)) >> 15),
        .im = (int32_t)((value.im * cosine - value.re * sine + (1 << 14)) >> 15),
    };
    return turned;
}

static struct complex32 load(const int32_t *data, int32_t index)
{
    const struct complex32 value = {.re = data[2 * index], .im = data[2 * index + 1]};
    return value;
}

static void store(int32_t *data, int32_t index, int32_t re, int32_t im)
{
    data[2 * index] = re;
    data[2 * index + 1] = im;
}

static void reverse_bits(int32_t *data)
{
    for (int32_t i = 1, j = 0; i < POINTS; i++)
    {
        int32_t bit = POINTS / 2;

        for (; (j & bit) != 0; bit >>= 1)
        {
            j ^= bit;
        }
        j ^= bit;

        if (i < j)
        {
            const struct complex32 a = load(data, i);
            const struct complex32 b = load(data, j);
            store(data, i, b.re, b.im);
            store(data, j, a.re, a.im);
        }
    }
}

static void transform(int32_t *data)
{
    for (int32_t half = 1; half < POINTS; half *= 2)
    {
        for (int32_t k = 0; k < half; k++)
        {
            for (int32_t i = k; i < POINTS; i += 2 * half)
            {
                const struct complex32 a = load(data, i);
                const struct complex32 b = turn(load(data, i + half), k * (POINTS / half));
                store(data, i, a.re + b.re, a.im + b.im);
                store(data, i + half, a.re - b.re, a.im - b.im);
            }
        }
    }
}

/*
 * With C the transform of even + i * odd, the spectra of the two are
 *   E[k] = (C[k] + conj C[-k]) / 2,   O[k] = (C[k] - conj C[-k]) / 2i,
 * and X[k] = E[k] + exp(-2 pi i k / 512) * O[k]. Both halves are left out here: twice X.
 */
static void separate(int32_t *data)
{
    for (int32_t k = 1; k <= POINTS / 2; k++)
    {
        const struct complex32 a = load(data, k);
        const struct complex32 b = load(data, POINTS - k);
        const struct complex32 odd_k = {.re = a.im + b.im, .im = b.re - a.re};
        const struct complex32 odd_n = {.re = a.im + b.im, .im = a.re - b.re};
        const struct complex32 x = turn(odd_k, k);
        const struct complex32 y = turn(odd_n, POINTS - k);

        store(data, k, a.re + b.re + x.re, a.im - b.im + x.im);
        store(data, POINTS - k, a.re + b.re + y.re, b.im - a.im + y.im);
    }
}

void ti_frontend_fft(int32_t data[512])
{
    reverse_bits(data);
    transform(data);
    separate(data);
}
