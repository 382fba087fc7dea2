/* SPDX-License-Identifier: MIT */
#include "ti_copy_nd.h"

/* The innermost dimension: `count` items of `run` bytes. */
struct row
{
    int32_t count;
    int32_t in_stride;
    int32_t out_stride;
    int32_t run;
};

static void copy_bytes(uint8_t *output, const uint8_t *input, const struct row *row)
{
    for (int32_t i = 0; i < row->count; i++)
    {
        output[i * row->out_stride] = input[i * row->in_stride];
    }
}

static void copy_halfwords(uint8_t *output, const uint8_t *input, const struct row *row)
{
    for (int32_t i = 0; i < row->count; i++)
    {
        *(uint16_t *)(void *)(output + i * row->out_stride) =
            *(const uint16_t *)(const void *)(input + i * row->in_stride);
    }
}

static void copy_words(uint8_t *output, const uint8_t *input, const struct row *row)
{
    for (int32_t i = 0; i < row->count; i++)
    {
        *(uint32_t *)(void *)(output + i * row->out_stride) =
            *(const uint32_t *)(const void *)(input + i * row->in_stride);
    }
}

static void copy_runs(uint8_t *output, const uint8_t *input, const struct row *row)
{
    for (int32_t i = 0; i < row->count; i++)
    {
        ti_copy(output + i * row->out_stride, input + i * row->in_stride, row->run);
    }
}

typedef void (*copy_fn)(uint8_t *output, const uint8_t *input, const struct row *row);

/* Everything that decides the alignment of an item, in one word: its low bits are 0 where all of them are aligned. */
static uintptr_t alignment(const struct ti_copy_nd_params *p, const void *input, const void *output)
{
    uintptr_t bits = (uintptr_t)input | (uintptr_t)output | (uintptr_t)p->in_offset | (uintptr_t)p->out_offset;
    for (int32_t d = 0; d < TI_ND; d++)
    {
        bits |= (uintptr_t)p->in_stride[d] | (uintptr_t)p->out_stride[d];
    }
    return bits;
}

static copy_fn choose(const struct ti_copy_nd_params *p, const void *input, const void *output)
{
    switch (p->run)
    {
    case 1:
        return copy_bytes;
    case 2:
        return (alignment(p, input, output) & 1U) == 0 ? copy_halfwords : copy_runs;
    case 4:
        return (alignment(p, input, output) & 3U) == 0 ? copy_words : copy_runs;
    default:
        return copy_runs;
    }
}

/* A position of the outer dimensions. Offsets wrap on their way over an edge, and are right whenever they are used. */
struct cursor
{
    int32_t index[TI_ND - 1];
    uint32_t in;
    uint32_t out;
};

static bool next(struct cursor *at, const struct ti_copy_nd_params *p)
{
    for (int32_t d = TI_ND - 2; d >= 0; d--)
    {
        at->in += (uint32_t)p->in_stride[d];
        at->out += (uint32_t)p->out_stride[d];
        if (++at->index[d] < p->dims[d])
        {
            return true;
        }
        at->index[d] = 0;
        at->in -= (uint32_t)p->dims[d] * (uint32_t)p->in_stride[d];
        at->out -= (uint32_t)p->dims[d] * (uint32_t)p->out_stride[d];
    }
    return false;
}

void ti_copy_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_copy_nd_params *const p = params;
    const uint8_t *const input = inputs[0];
    uint8_t *const output = outputs[0];
    const copy_fn copy = choose(p, input, output);
    const struct row row = {
        .count = p->dims[TI_ND - 1],
        .in_stride = p->in_stride[TI_ND - 1],
        .out_stride = p->out_stride[TI_ND - 1],
        .run = p->run,
    };
    struct cursor at = {.in = (uint32_t)p->in_offset, .out = (uint32_t)p->out_offset};
    (void)scratch;

    do
    {
        copy(output + at.out, input + at.in, &row);
    } while (next(&at, p));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_copy_nd_params *const p = step->params;

    return ti_counts(step, 1, 1) &&
           ti_mul(ti_elements(p->dims, TI_ND), p->run) <= step->output[0].size && /* no byte is written twice */
           ti_span_inside(ti_nd_span(p->in_offset, p->dims, p->in_stride), p->run, step->input[0].size) &&
           ti_span_inside(ti_nd_span(p->out_offset, p->dims, p->out_stride), p->run, step->output[0].size);
}

const struct ti_kernel ti_copy_nd = {
    .run = ti_copy_nd_c,
    .check = check,
    .params_size = sizeof(struct ti_copy_nd_params),
};
