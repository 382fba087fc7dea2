/* SPDX-License-Identifier: MIT */
#ifndef TI_PROVE_H
#define TI_PROVE_H

#include "ti_image.h"

/*
 * Proves everything behind a header whose magic, version, length and checksum are right: every table, string, tensor,
 * operand and parameter. After TI_OK, ti_invoke touches only the image and the regions. Sets image->where on refusal.
 */
enum ti_status ti_prove(struct ti_image *image);

#endif
