/* SPDX-License-Identifier: MIT */
#ifndef STACK_H
#define STACK_H

#include <stdint.h>

/*
 * How deep calls go, by painting the unused stack and looking what is left of the paint:
 *
 *     stack_paint();
 *     f();
 *     bytes = stack_used();
 *
 * counts the bytes below the caller's own frame: everything f and what it calls have touched. Both are called from one
 * function, whose stack pointer does not change between them.
 */
void stack_paint(void);
uint32_t stack_used(void);

#endif
