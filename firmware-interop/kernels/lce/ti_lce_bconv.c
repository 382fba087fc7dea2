/* SPDX-License-Identifier: MIT */
#include "ti_lce_bconv.h"

static int32_t popcount(uint32_t bits)
{
    bits -= (bits >> 1) & UINT32_C(0x55555555);
    bits = (bits & UINT32_C(0x33333333)) + ((bits >> 2) & UINT32_C(0x33333333));
    bits = (bits + (bits >> 4)) & UINT32_C(0x0F0F0F0F);
    return (int32_t)((bits * UINT32_C(0x01010101)) >> 24);
}

/* Full adders of 32 columns: *sum becomes the sum of three bits, the result is the carry. */
static uint32_t add(uint32_t *sum, uint32_t a, uint32_t b)
{
    const uint32_t half = a ^ b;
    const uint32_t carry = (a & b) | (half & *sum);
    *sum ^= half;
    return carry;
}

/* The same with a ^ b for b: where they differ, the carry is the sum's bit, else it is theirs. */
static uint32_t add_pair(uint32_t *sum, uint32_t a, uint32_t half)
{
    const uint32_t carry = a ^ ((a ^ *sum) & half);
    *sum ^= half;
    return carry;
}

/*
 * The bits in which `words` paired words differ. Neither core counts bits, so carry-save adders reduce eight words to
 * one that counts eightfold (Harley and Seal), and only that one is counted.
 */
static int32_t differing(const uint32_t *a, const uint32_t *b, int32_t words)
{
    uint32_t ones = 0;
    uint32_t twos = 0;
    uint32_t fours = 0;
    int32_t count = 0;

    if (words % 2 != 0)
    {
        ones = *a++ ^ *b++;
    }
    for (words /= 2; words >= 4; words -= 4)
    {
        const uint32_t two0 = add_pair(&ones, a[0] ^ b[0], a[1] ^ b[1]);
        const uint32_t two1 = add_pair(&ones, a[2] ^ b[2], a[3] ^ b[3]);
        const uint32_t four0 = add(&twos, two0, two1);
        const uint32_t two2 = add_pair(&ones, a[4] ^ b[4], a[5] ^ b[5]);
        const uint32_t two3 = add_pair(&ones, a[6] ^ b[6], a[7] ^ b[7]);
        const uint32_t four1 = add(&twos, two2, two3);

        count += 8 * popcount(add(&fours, four0, four1));
        a += 8;
        b += 8;
    }
    for (; words > 0; words--)
    {
        count += 2 * popcount(add_pair(&ones, a[0] ^ b[0], a[1] ^ b[1]));
        a += 2;
        b += 2;
    }
    return count + 4 * popcount(fours) + 2 * popcount(twos) + popcount(ones);
}

/* Word i of `words` is XORed with the one before it. */
static bool is_paired(int32_t i, int32_t words)
{
    return i > 0 && (i + words) % 2 != 0;
}

struct pixel
{
    struct ti_taps y;
    struct ti_taps x;
};

static bool inside(const struct pixel *at, int32_t ky, int32_t kx)
{
    return ky >= at->y.first && ky < at->y.last && kx >= at->x.first && kx < at->x.last;
}

/* Copies what the filter of one group sees at a pixel, +1 outside the input, and pairs it. */
static void gather(const struct ti_filter_shape *s, const struct pixel *at, const uint32_t *input, uint32_t *patch)
{
    uint32_t *const first = patch;

    for (int32_t ky = 0; ky < s->rows.filter; ky++)
    {
        for (int32_t kx = 0; kx < s->columns.filter; kx++)
        {
            if (inside(at, ky, kx))
            {
                const int32_t y = at->y.origin + ky * s->rows.dilation;
                const int32_t x = at->x.origin + kx * s->columns.dilation;
                const uint32_t *const from = input + (y * s->columns.in + x) * s->in_depth;

                for (int32_t i = 0; i < s->filter_depth; i++)
                {
                    patch[i] = from[i];
                }
            }
            else
            {
                for (int32_t i = 0; i < s->filter_depth; i++)
                {
                    patch[i] = 0;
                }
            }
            patch += s->filter_depth;
        }
    }

    const int32_t words = ti_filter_size(s);
    for (int32_t i = words - 1; i > 0; i -= 2)
    {
        first[i] ^= first[i - 1];
    }
}

/* What a channel counts too much where taps outside the input do not count the bits of their weights. */
static int32_t excess(const struct ti_lce_bconv *conv, const struct pixel *at, const uint32_t *weights)
{
    const struct ti_filter_shape *const s = &conv->shape;
    const int32_t words = ti_filter_size(s);
    int32_t count = 0;
    int32_t word = 0;

    for (int32_t tap = 0; tap < s->rows.filter * s->columns.filter; tap++)
    {
        const bool counts = inside(at, tap / s->columns.filter, tap % s->columns.filter);

        count -= counts ? 0 : conv->outside;
        for (int32_t i = 0; i < s->filter_depth; i++, word++)
        {
            count += counts ? 0 : popcount(weights[word] ^ (is_paired(word, words) ? weights[word - 1] : 0));
        }
    }
    return count;
}

void ti_lce_bconv_run(const struct ti_lce_bconv *conv, int32_t pixel_size, ti_lce_store_fn store, const void *params,
                      const void *const *inputs, void *output, void *scratch)
{
    const struct ti_filter_shape *const s = &conv->shape;
    const int32_t size = ti_filter_size(s);
    const int32_t group = s->out_depth / (s->in_depth / s->filter_depth);
    const uint32_t *image = inputs[0];
    uint8_t *pixel = output;

    for (int32_t n = 0; n < s->batch * s->rows.out * s->columns.out; n++)
    {
        const int32_t row = n / s->columns.out;
        const struct pixel at = {.y = ti_taps_at(&s->rows, row % s->rows.out),
                                 .x = ti_taps_at(&s->columns, n % s->columns.out)};
        const bool whole =
            at.y.first == 0 && at.y.last == s->rows.filter && at.x.first == 0 && at.x.last == s->columns.filter;
        const bool corrected = conv->outside >= 0 && !whole;
        const uint32_t *const input = image + row / s->rows.out * s->rows.in * s->columns.in * s->in_depth;

        for (int32_t o = 0; o < s->out_depth; o++)
        {
            const uint32_t *const weights = (const uint32_t *)inputs[1] + o * size;

            if (o % group == 0)
            {
                gather(s, &at, input + ti_filter_channel(s, o), scratch);
            }

            const int32_t count = differing(scratch, weights, size);
            store(params, inputs, pixel, o, corrected ? count - excess(conv, &at, weights) : count);
        }
        pixel += pixel_size;
    }
}

/* A function of its own: an array for each product would take stack side by side. */
static uint64_t elements(int32_t a, int32_t b, int32_t c, int32_t d)
{
    return ti_mul(ti_mul(ti_mul(ti_mul(1, a), b), c), d);
}

bool ti_lce_bconv_valid(const struct ti_step_view *step, const struct ti_lce_bconv *conv, int32_t depth,
                        int32_t element)
{
    const struct ti_filter_shape *const s = &conv->shape;

    if (step->outputs != 1 || !ti_window_valid(&s->rows) || !ti_window_valid(&s->columns) || s->in_depth < 1 ||
        s->filter_depth < 1 || s->in_depth % s->filter_depth != 0 || s->out_depth < 1 ||
        s->out_depth % (s->in_depth / s->filter_depth) != 0)
    {
        return false;
    }

    /* Twice the count fits an int32. */
    const uint64_t bits = elements(s->rows.filter, s->columns.filter, s->filter_depth, 64);

    return bits < TI_HUGE && ti_in_range(conv->outside, -1, 16 * s->filter_depth) &&
           elements(s->batch, s->rows.out, s->columns.out, 1) < TI_HUGE &&
           ti_place_holds(step->input[0], elements(s->batch, s->rows.in, s->columns.in, s->in_depth), 4) &&
           ti_place_holds(step->input[1], elements(s->out_depth, s->rows.filter, s->columns.filter, s->filter_depth),
                          4) &&
           ti_place_holds(step->output[0], elements(s->batch, s->rows.out, s->columns.out, depth), element) &&
           step->scratch_size >= elements(s->rows.filter, s->columns.filter, s->filter_depth, 4);
}
