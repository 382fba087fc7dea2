/* SPDX-License-Identifier: MIT */
#ifndef TI_DSP_H
#define TI_DSP_H

#include <stdint.h>

/*
 * Pairs of int16 in a word, as the DSP extension of Armv7E-M multiplies them. Where the compiler makes code for a core
 * that has it, *_dsp.c takes the place of *_c.c: the same functions, the same bytes.
 */
#if defined(__ARM_FEATURE_DSP) && __ARM_FEATURE_DSP == 1 && !defined(__ARM_BIG_ENDIAN)
#define TI_HAS_DSP 1

#include <arm_acle.h>

typedef uint32_t __attribute__((aligned(1), may_alias)) ti_any_word;

/* Four bytes from any address. */
static inline uint32_t ti_word_at(const void *address)
{
    return *(const ti_any_word *)address;
}

/* Bytes 0 and 2 of a word, and bytes 1 and 3, as pairs of int16. The intrinsics of the compiler do not rotate. */
static inline int32_t ti_even_bytes(uint32_t word)
{
    return __sxtb16((int32_t)word);
}

static inline int32_t ti_odd_bytes(uint32_t word)
{
    int32_t pair;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(word));
    return pair;
}

/* The same, each added to an int16 of `to`. */
static inline int32_t ti_add_even_bytes(int32_t to, uint32_t word)
{
    return __sxtab16(to, (int32_t)word);
}

static inline int32_t ti_add_odd_bytes(int32_t to, uint32_t word)
{
    int32_t pair;
    __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(pair) : "r"(to), "r"(word));
    return pair;
}

/* An int16 twice. */
static inline int32_t ti_pair_of(int32_t value)
{
    return (int32_t)((uint32_t)value << 16 | ((uint32_t)value & 0xFFFFU));
}

/* sum + a.low * b.low + a.high * b.high, wrapping. */
static inline int32_t ti_mac_pairs(int32_t sum, int32_t a, int32_t b)
{
    return __smlad(a, b, sum);
}

/* sum + a.low * b.low, and of both high halves, wrapping. */
static inline int32_t ti_mac_low(int32_t sum, int32_t a, int32_t b)
{
    return __smlabb(a, b, sum);
}

static inline int32_t ti_mac_high(int32_t sum, int32_t a, int32_t b)
{
    return __smlatt(a, b, sum);
}

/* `pointer`, known only when `value` is: what is loaded from it cannot be loaded earlier, into registers that others
 * need. */
static inline const int8_t *ti_after(const int8_t *pointer, int32_t value)
{
    __asm__("" : "+r"(pointer) : "r"(value));
    return pointer;
}

#else
#define TI_HAS_DSP 0
#endif

#endif
