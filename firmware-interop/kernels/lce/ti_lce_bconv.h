/* SPDX-License-Identifier: MIT */
#ifndef TI_LCE_BCONV_H
#define TI_LCE_BCONV_H

#include "ti_lce.h"

/* What the binary convolutions of all output types share; ti_lce.h has the formula. */

/* Stores the output of channel `o` of a pixel. Channels come in order. */
typedef void (*ti_lce_store_fn)(const void *params, const void *const *inputs, void *pixel, int32_t o, int32_t count);

/* Calls `store` for every channel of every pixel; pixels are `pixel_size` bytes apart. */
void ti_lce_bconv_run(const struct ti_lce_bconv *conv, int32_t pixel_size, ti_lce_store_fn store, const void *params,
                      const void *const *inputs, void *output, void *scratch);

/* All but inputs from 2 on; elements of the output have `element` bytes, `depth` of them a pixel. */
bool ti_lce_bconv_valid(const struct ti_step_view *step, const struct ti_lce_bconv *conv, int32_t depth,
                        int32_t element);

static inline int32_t ti_lce_words(int32_t channels)
{
    return channels / 32 + (channels % 32 != 0 ? 1 : 0);
}

#endif
