/* SPDX-License-Identifier: MIT */
#ifndef TI_BROADCAST_H
#define TI_BROADCAST_H

#include "ti_check.h"

/*
 * How an elementwise kernel of two operands walks them. The compiler (Ops/Broadcast.cs) has merged axes, so that most
 * calls are one row: dims[5] elements, along which either operand has stride 1 or stays where it is, stride 0. The five
 * axes outside it, outermost first, have any strides; unused ones have dimension 1. The output is written in order.
 *
 *     struct ti_broadcast_walk walk = ti_broadcast_start(dims, a_strides, b_strides);
 *     do
 *     {
 *         a + walk.a and b + walk.b are the operands of this row
 *     } while (ti_broadcast_next(&walk));
 */
enum
{
    TI_BROADCAST_AXES = 6,
    TI_BROADCAST_OUTER = TI_BROADCAST_AXES - 1
};

struct ti_broadcast_walk
{
    const int32_t *dims;
    const int32_t *a_strides;
    const int32_t *b_strides;
    int32_t index[TI_BROADCAST_OUTER];
    int32_t a; /* elements from the start of each operand */
    int32_t b;
};

static inline struct ti_broadcast_walk ti_broadcast_start(const int32_t *dims, const int32_t *a_strides,
                                                          const int32_t *b_strides)
{
    return (struct ti_broadcast_walk){.dims = dims, .a_strides = a_strides, .b_strides = b_strides};
}

/* Moves on by one row; false after the last one. */
static inline bool ti_broadcast_next(struct ti_broadcast_walk *walk)
{
    for (int32_t axis = TI_BROADCAST_OUTER - 1; axis >= 0; axis--)
    {
        walk->a += walk->a_strides[axis];
        walk->b += walk->b_strides[axis];
        if (++walk->index[axis] < walk->dims[axis])
        {
            return true;
        }
        walk->index[axis] = 0;
        walk->a -= walk->a_strides[axis] * walk->dims[axis];
        walk->b -= walk->b_strides[axis] * walk->dims[axis];
    }
    return false;
}

/*
 * ti_broadcast_<name>(walk, inputs, output, each, params): output[i] = each(params, a[i], b[i]) for elements of the
 * types `a`, `b` and `out`; `each` sees and gives them as `held`. Inlined into a kernel with one function, it calls
 * none.
 */
#define TI_BROADCAST_EACH(name, a_type, b_type, out_type, held)                                                        \
    typedef held (*ti_pair_##name##_fn)(const void *params, held a, held b);                                           \
                                                                                                                       \
    static inline void ti_broadcast_##name(struct ti_broadcast_walk walk, const void *const *inputs, out_type *output, \
                                           ti_pair_##name##_fn each, const void *params)                               \
    {                                                                                                                  \
        const int32_t a_step = walk.a_strides[TI_BROADCAST_OUTER];                                                     \
        const int32_t b_step = walk.b_strides[TI_BROADCAST_OUTER];                                                     \
                                                                                                                       \
        do                                                                                                             \
        {                                                                                                              \
            const a_type *a = (const a_type *)inputs[0] + walk.a;                                                      \
            const b_type *b = (const b_type *)inputs[1] + walk.b;                                                      \
                                                                                                                       \
            for (int32_t n = walk.dims[TI_BROADCAST_OUTER]; n > 0; n--)                                                \
            {                                                                                                          \
                *output++ = (out_type)each(params, *a, *b);                                                            \
                a += a_step;                                                                                           \
                b += b_step;                                                                                           \
            }                                                                                                          \
        } while (ti_broadcast_next(&walk));                                                                            \
    }

TI_BROADCAST_EACH(s8, int8_t, int8_t, int8_t, int32_t)
TI_BROADCAST_EACH(s16, int16_t, int16_t, int16_t, int32_t)
TI_BROADCAST_EACH(s16_s8, int16_t, int8_t, int16_t, int32_t)
TI_BROADCAST_EACH(s32, int32_t, int32_t, int32_t, int32_t)
TI_BROADCAST_EACH(f32, float, float, float, float)

/* The same for elements of any size at any address: `each` writes the element of `out_size` bytes. */
typedef void (*ti_pair_bytes_fn)(const void *params, const uint8_t *a, const uint8_t *b, uint8_t *output);

static inline void ti_broadcast_bytes(struct ti_broadcast_walk walk, int32_t size, const void *const *inputs,
                                      uint8_t *output, int32_t out_size, ti_pair_bytes_fn each, const void *params)
{
    const int32_t a_step = walk.a_strides[TI_BROADCAST_OUTER] * size;
    const int32_t b_step = walk.b_strides[TI_BROADCAST_OUTER] * size;

    do
    {
        const uint8_t *a = (const uint8_t *)inputs[0] + walk.a * size;
        const uint8_t *b = (const uint8_t *)inputs[1] + walk.b * size;

        for (int32_t n = walk.dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            each(params, a, b, output);
            output += out_size;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

/* One operand stays inside its `size` elements, and no offset on the way there can overflow. */
static inline bool ti_broadcast_inside(const int32_t *dims, const int32_t *strides, uint64_t size)
{
    uint64_t last = 0;
    for (uint32_t axis = 0; axis < TI_BROADCAST_AXES; axis++)
    {
        if (strides[axis] < 0 || (uint64_t)strides[axis] > size || dims[axis] < 1)
        {
            return false;
        }
        last += (uint64_t)strides[axis] * (uint64_t)(dims[axis] - 1);
    }
    return last < size && ti_in_range(strides[TI_BROADCAST_OUTER], 0, 1);
}

/* Inputs 0 and 1 and output 0 of the step, of so many bytes an element. */
static inline bool ti_broadcast_holds(const struct ti_step_view *step, const int32_t *dims, const int32_t *a_strides,
                                      const int32_t *b_strides, int32_t a_size, int32_t b_size, int32_t out_size)
{
    return ti_output_has(step, 0, ti_mul(ti_elements(dims, TI_BROADCAST_AXES), out_size)) &&
           ti_broadcast_inside(dims, a_strides, step->input[0].size / (uint32_t)a_size) &&
           ti_broadcast_inside(dims, b_strides, step->input[1].size / (uint32_t)b_size);
}

/* The same, all of `element` bytes and at addresses that suit them. */
static inline bool ti_broadcast_valid(const struct ti_step_view *step, const int32_t *dims, const int32_t *a_strides,
                                      const int32_t *b_strides, int32_t element)
{
    return ti_place_holds(step->output[0], 1, element) && ti_place_holds(step->input[0], 1, element) &&
           ti_place_holds(step->input[1], 1, element) &&
           ti_broadcast_holds(step, dims, a_strides, b_strides, element, element, element);
}

#endif
