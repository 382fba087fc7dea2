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

/*
 * The bits in which `words` words differ. Neither core counts bits, so carry-save adders reduce eight words to one that
 * counts eightfold (Harley and Seal), and only that one is counted.
 */
static int32_t differing(const uint32_t *a, const uint32_t *b, int32_t words)
{
    uint32_t ones = 0;
    uint32_t twos = 0;
    uint32_t fours = 0;
    int32_t count = 0;

    for (; words >= 8; words -= 8)
    {
        const uint32_t two0 = add(&ones, a[0] ^ b[0], a[1] ^ b[1]);
        const uint32_t two1 = add(&ones, a[2] ^ b[2], a[3] ^ b[3]);
        const uint32_t four0 = add(&twos, two0, two1);
        const uint32_t two2 = add(&ones, a[4] ^ b[4], a[5] ^ b[5]);
        const uint32_t two3 = add(&ones, a[6] ^ b[6], a[7] ^ b[7]);
        const uint32_t four1 = add(&twos, two2, two3);

        count += 8 * popcount(add(&fours, four0, four1));
        a += 8;
        b += 8;
    }
    for (; words > 0; words--)
    {
        count += popcount(*a++ ^ *b++);
    }
    return count + 4 * popcount(fours) + 2 * popcount(twos) + popcount(ones);
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

/* Copies what the filter of one group sees at a pixel; +1 outside the input. */
static void gather(const struct ti_filter_shape *s, const struct pixel *at, const uint32_t *input, uint32_t *patch)
{
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
}

/* What a channel counts too much where taps outside the input do not count the bits of their weights. */
static int32_t excess(const struct ti_lce_bconv *conv, const struct pixel *at, const uint32_t *weights)
{
    const struct ti_filter_shape *const s = &conv->shape;
    int32_t count = 0;

    for (int32_t ky = 0; ky < s->rows.filter; ky++)
    {
        for (int32_t kx = 0; kx < s->columns.filter; kx++)
        {
            for (int32_t i = 0; i < s->filter_depth && !inside(at, ky, kx); i++)
            {
                count += popcount(weights[i]) - (i == 0 ? conv->outside : 0);
            }
            weights += s->filter_depth;
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
    const uint64_t bits = ti_elements((const int32_t[]){s->rows.filter, s->columns.filter, s->filter_depth, 64}, 4);

    return bits < TI_HUGE && ti_in_range(conv->outside, -1, 16 * s->filter_depth) &&
           ti_elements((const int32_t[]){s->batch, s->rows.out, s->columns.out}, 3) < TI_HUGE &&
           ti_place_holds(step->input[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.in, s->columns.in, s->in_depth}, 4), 4) &&
           ti_place_holds(
               step->input[1],
               ti_elements((const int32_t[]){s->out_depth, s->rows.filter, s->columns.filter, s->filter_depth}, 4),
               4) &&
           ti_place_holds(step->output[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.out, s->columns.out, depth}, 4), element) &&
           step->scratch_size >=
               ti_elements((const int32_t[]){s->rows.filter, s->columns.filter, s->filter_depth, 4}, 4);
}
