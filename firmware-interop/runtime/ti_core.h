/* SPDX-License-Identifier: MIT */
#ifndef TI_CORE_H
#define TI_CORE_H

#include "ti_image.h"

/*
 * The program that serves `core` best: made for that core, else for one whose code it runs too, else portable. NULL
 * when the image has none. The table of programs lies inside the image; nothing else of it is proved yet.
 */
const struct ti_program *ti_program_select(const struct ti_image *image, enum ti_core core);

/* Lets instructions be fetched that were just stored. */
void ti_code_stored(void);

#endif
