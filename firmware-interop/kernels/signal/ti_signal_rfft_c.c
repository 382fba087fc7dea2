/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

/* As stored. */
struct complex
{
    int16_t re;
    int16_t im;
};

/* In registers. */
struct point
{
    int32_t re;
    int32_t im;
};

static inline struct complex stored(int32_t re, int32_t im)
{
    return (struct complex){(int16_t)(uint16_t)re, (int16_t)(uint16_t)im};
}

static inline int32_t rounded(int32_t product)
{
    return (product + (1 << 14)) >> 15;
}

static inline struct point scaled(int32_t re, int32_t im, int32_t factor)
{
    return (struct point){rounded(re * factor), rounded(im * factor)};
}

/* What is at most 2^14 does not need to wrap, and 2^15 - 1 times it is itself. */
static inline struct point times(struct point a, struct complex b)
{
    return (struct point){rounded(a.re * b.re - a.im * b.im), rounded(a.re * b.im + a.im * b.re)};
}

/* The operand at one digit of the first pass, scaled; nothing is behind the row. */
static inline struct point operand(const int16_t *x, int32_t at, int32_t in_length, int32_t factor)
{
    return scaled(2 * at < in_length ? x[2 * at] : 0, 2 * at + 1 < in_length ? x[2 * at + 1] : 0, factor);
}

static inline void join2(struct complex *z, struct point a, struct point b)
{
    z[0] = stored(a.re + b.re, a.im + b.im);
    z[1] = stored(a.re - b.re, a.im - b.im);
}

static inline void join4(struct complex *z, int32_t m, struct point a, struct point b, struct point c, struct point d)
{
    const struct point even = {a.re + c.re, a.im + c.im};
    const struct point odd = {a.re - c.re, a.im - c.im};
    const struct point sum = {b.re + d.re, b.im + d.im};
    const struct point difference = {b.re - d.re, b.im - d.im};

    z[0] = stored(even.re + sum.re, even.im + sum.im);
    z[2 * m] = stored(even.re - sum.re, even.im - sum.im);
    z[m] = stored(odd.re + difference.im, odd.im - difference.re);
    z[3 * m] = stored(odd.re - difference.im, odd.im + difference.re);
}

/*
 * The first pass, whose twiddles are one. Elements come in the order of their digits, the first pass's highest,
 * reversed; adding one to such a number carries downwards. Returns the radix.
 */
static int32_t first_pass(struct complex *z, const int16_t *x, int32_t n, int32_t in_length)
{
    const int32_t radix = (n & 0x55555555) != 0 ? 4 : 2;
    const int32_t step = n / radix;
    int32_t from = 0;

    for (int32_t at = 0; at < n; at += radix)
    {
        if (radix == 4)
        {
            join4(z + at, 1, operand(x, from, in_length, INT16_MAX / 4),
                  operand(x, from + step, in_length, INT16_MAX / 4),
                  operand(x, from + 2 * step, in_length, INT16_MAX / 4),
                  operand(x, from + 3 * step, in_length, INT16_MAX / 4));
        }
        else
        {
            join2(z + at, operand(x, from, in_length, INT16_MAX / 2),
                  operand(x, from + step, in_length, INT16_MAX / 2));
        }

        int32_t one = step / 4;
        for (; one > 0 && (from & (3 * one)) == 3 * one; one /= 4)
        {
            from -= 3 * one;
        }
        from += one;
    }
    return radix;
}

/* Joins four transforms of m elements each. */
static void radix4(struct complex *z, int32_t m, int32_t stride, const struct complex *twiddles)
{
    const int32_t quarter = INT16_MAX / 4;

    for (int32_t k = 0; k < m; k++)
    {
        const struct complex *const x = z + k;

        join4(z + k, m, scaled(x[0].re, x[0].im, quarter),
              times(scaled(x[m].re, x[m].im, quarter), twiddles[k * stride]),
              times(scaled(x[2 * m].re, x[2 * m].im, quarter), twiddles[2 * k * stride]),
              times(scaled(x[3 * m].re, x[3 * m].im, quarter), twiddles[3 * k * stride]));
    }
}

/* The transform of a real row from that of its even and odd elements. */
static void separate(struct complex *output, const struct complex *z, int32_t n, const struct complex *super)
{
    const int32_t half = INT16_MAX / 2;
    const struct point first = scaled(z[0].re, z[0].im, half);

    output[0] = stored(first.re + first.im, 0);
    output[n] = stored(first.re - first.im, 0);

    for (int32_t k = 1; k <= n / 2; k++)
    {
        const struct point near = scaled(z[k].re, z[k].im, half);
        const struct point far = scaled(z[n - k].re, (int16_t)-z[n - k].im, half);
        const struct point b = times((struct point){near.re - far.re, near.im - far.im}, super[k - 1]);
        const struct complex turned = stored(b.re, b.im);
        const struct point a = {near.re + far.re, near.im + far.im};

        output[k] = stored((a.re + turned.re) >> 1, (a.im + turned.im) >> 1);
        output[n - k] = stored((a.re - turned.re) >> 1, (turned.im - a.im) >> 1);
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
        for (int32_t m = first_pass(z, x, n, p->in_length); m < n; m *= 4)
        {
            for (int32_t block = 0; block < n; block += 4 * m)
            {
                radix4(z + block, m, n / (4 * m), inputs[1]);
            }
        }
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
