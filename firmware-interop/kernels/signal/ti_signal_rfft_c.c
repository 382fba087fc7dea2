/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

struct complex
{
    int16_t re;
    int16_t im;
};

static int16_t wrap16(int32_t value)
{
    return (int16_t)(uint16_t)value;
}

static int16_t rounded(uint32_t product)
{
    return wrap16((int32_t)(product + (1U << 14)) >> 15);
}

static struct complex scaled(struct complex a, int32_t factor)
{
    return (struct complex){rounded((uint32_t)(a.re * factor)), rounded((uint32_t)(a.im * factor))};
}

static struct complex times(struct complex a, struct complex b)
{
    return (struct complex){rounded((uint32_t)(a.re * b.re) - (uint32_t)(a.im * b.im)),
                            rounded((uint32_t)(a.re * b.im) + (uint32_t)(a.im * b.re))};
}

static struct complex plus(struct complex a, struct complex b)
{
    return (struct complex){wrap16(a.re + b.re), wrap16(a.im + b.im)};
}

static struct complex minus(struct complex a, struct complex b)
{
    return (struct complex){wrap16(a.re - b.re), wrap16(a.im - b.im)};
}

/* Where element `at` of the transform's first pass comes from: its digits, radix 4 ones first, in reverse order. */
static int32_t source(int32_t at, int32_t n)
{
    int32_t from = 0;

    for (int32_t weight = 1, size = n; size > 1;)
    {
        const int32_t radix = size % 4 == 0 ? 4 : 2;

        size /= radix;
        from += at / size * weight;
        at %= size;
        weight *= radix;
    }
    return from;
}

static void radix2(struct complex *z, int32_t n)
{
    const struct complex one = {INT16_MAX, 0};

    for (int32_t i = 0; i < n; i += 2)
    {
        const struct complex a = scaled(z[i], INT16_MAX / 2);
        const struct complex b = times(scaled(z[i + 1], INT16_MAX / 2), one);

        z[i] = plus(a, b);
        z[i + 1] = minus(a, b);
    }
}

/* Joins four transforms of m elements each. */
static void radix4(struct complex *z, int32_t m, int32_t stride, const struct complex *twiddles)
{
    for (int32_t k = 0; k < m; k++)
    {
        const struct complex a = scaled(z[k], INT16_MAX / 4);
        const struct complex b = times(scaled(z[k + m], INT16_MAX / 4), twiddles[k * stride]);
        const struct complex c = times(scaled(z[k + 2 * m], INT16_MAX / 4), twiddles[2 * k * stride]);
        const struct complex d = times(scaled(z[k + 3 * m], INT16_MAX / 4), twiddles[3 * k * stride]);
        const struct complex even = plus(a, c);
        const struct complex odd = minus(a, c);
        const struct complex sum = plus(b, d);
        const struct complex difference = minus(b, d);

        z[k] = plus(even, sum);
        z[k + 2 * m] = minus(even, sum);
        z[k + m] = (struct complex){wrap16(odd.re + difference.im), wrap16(odd.im - difference.re)};
        z[k + 3 * m] = (struct complex){wrap16(odd.re - difference.im), wrap16(odd.im + difference.re)};
    }
}

static void transform(struct complex *z, int32_t n, const struct complex *twiddles)
{
    int32_t m = 1;

    for (int32_t size = n; size > 1; size /= 4)
    {
        if (size == 2)
        {
            radix2(z, n);
            m = 2;
        }
    }
    for (; m < n; m *= 4)
    {
        for (int32_t block = 0; block < n; block += 4 * m)
        {
            radix4(z + block, m, n / (4 * m), twiddles);
        }
    }
}

/* The transform of a real row from that of its even and odd elements. */
static void separate(struct complex *output, const struct complex *z, int32_t n, const struct complex *super)
{
    const struct complex first = scaled(z[0], INT16_MAX / 2);

    output[0] = (struct complex){wrap16(first.re + first.im), 0};
    output[n] = (struct complex){wrap16(first.re - first.im), 0};

    for (int32_t k = 1; k <= n / 2; k++)
    {
        const struct complex mirrored = {z[n - k].re, wrap16(-z[n - k].im)};
        const struct complex near = scaled(z[k], INT16_MAX / 2);
        const struct complex far = scaled(mirrored, INT16_MAX / 2);
        const struct complex a = plus(near, far);
        const struct complex b = times(minus(near, far), super[k - 1]);

        output[k] = (struct complex){wrap16((a.re + b.re) >> 1), wrap16((a.im + b.im) >> 1)};
        output[n - k] = (struct complex){wrap16((a.re - b.re) >> 1), wrap16((b.im - a.im) >> 1)};
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_rfft_params *const p = params;
    const int32_t n = p->fft_length / 2;
    const int16_t *x = inputs[0];
    struct complex *output = outputs[0];
    struct complex *const z = scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        for (int32_t i = 0; i < n; i++)
        {
            const int32_t from = 2 * source(i, n);

            z[i].re = from < p->in_length ? x[from] : 0;
            z[i].im = from + 1 < p->in_length ? x[from + 1] : 0;
        }
        transform(z, n, inputs[1]);
        separate(output, z, n, inputs[2]);
        x += p->in_length;
        output += n + 1;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_rfft_params *const p = step->params;
    const int32_t length = p->fft_length;

    return ti_counts(step, 3, 1) && ti_in_range(length, 4, 32768) && (length & (length - 1)) == 0 &&
           ti_in_range(p->in_length, 1, length) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->rows, p->in_length}, 2), 2) &&
           ti_place_holds(step->input[1], (uint64_t)length, 2) &&
           ti_place_holds(step->input[2], (uint64_t)length / 2, 2) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->rows, length + 2}, 2), 2) &&
           step->scratch_size >= 2 * (uint32_t)length;
}

const struct ti_kernel ti_signal_rfft = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_rfft_params),
};
