/* SPDX-License-Identifier: MIT */
#ifndef TI_WINDOW_H
#define TI_WINDOW_H

#include "ti_check.h"

/*
 * A sliding window along one axis: tap k of output position o reads input position o * stride - pad + k * dilation, and
 * is left out where that is outside the input. So padding costs nothing in the loops: the taps are clipped beforehand.
 */
struct ti_window
{
    int32_t in;       /* positions of the input   */
    int32_t out;      /* positions of the output  */
    int32_t filter;   /* taps                     */
    int32_t stride;   /* at least 1               */
    int32_t dilation; /* at least 1               */
    int32_t pad;      /* in front of the input    */
};

/* Taps first..last-1 read positions inside the input; `origin` is the position of tap 0. */
struct ti_taps
{
    int32_t origin;
    int32_t first;
    int32_t last;
};

static inline struct ti_taps ti_taps_at(const struct ti_window *window, int32_t position)
{
    const int32_t origin = position * window->stride - window->pad;
    const int32_t step = window->dilation;
    const int32_t first = origin < 0 ? (step - 1 - origin) / step : 0;
    const int32_t inside = window->in > origin ? (window->in - origin + step - 1) / step : 0;

    return (struct ti_taps){
        .origin = origin, .first = first, .last = inside < window->filter ? inside : window->filter};
}

/* Small enough that no position overflows. */
static inline bool ti_window_valid(const struct ti_window *window)
{
    const int32_t limit = INT32_C(1) << 28;

    return ti_in_range(window->in, 1, limit) && ti_in_range(window->pad, 0, limit) && window->out >= 1 &&
           window->filter >= 1 && window->stride >= 1 && window->dilation >= 1 &&
           (int64_t)window->out * window->stride <= limit && (int64_t)window->filter * window->dilation <= limit;
}

/* Every position has at least one tap inside the input (dilation 1). */
static inline bool ti_window_never_empty(const struct ti_window *window)
{
    return window->pad < window->filter && (window->out - 1) * window->stride - window->pad < window->in;
}

#endif
