/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_DECODE_H
#define CYCLEMODEL_DECODE_H

#include <stddef.h>

#include "insn.h"

/* 16-bit code, or first halfword << 16 | second halfword. */
struct encoding
{
    uint32_t mask;
    uint32_t match;
    enum insn_kind kind;
    void (*operands)(struct insn *insn, uint32_t code); /* may be NULL; may refine the kind */
};

/* Bytes of the instruction that starts with these two. */
static inline int decode_length(const uint8_t *bytes)
{
    return bytes[1] >= 0xE8 ? 4 : 2;
}

/* Fills all but pc, block, index and the two IT fields, which must be set before. */
void decode(struct insn *insn, const uint8_t *bytes);

/* First row that matches; false: none does. */
bool decode_with(const struct encoding *rows, size_t count, struct insn *insn, uint32_t code);

/* One table each; 16-bit codes, then the four groups of 32-bit codes. */
bool decode_thumb16(struct insn *insn, uint32_t code);
bool decode_memory(struct insn *insn, uint32_t code);
bool decode_data(struct insn *insn, uint32_t code);
bool decode_dsp(struct insn *insn, uint32_t code);
bool decode_vfp(struct insn *insn, uint32_t code);

/* Bits high..low of the code. */
static inline int bits(uint32_t code, int high, int low)
{
    return (int)(code >> low & ((2u << (high - low)) - 1));
}

static inline bool bit(uint32_t code, int n)
{
    return (code >> n & 1) != 0;
}

#endif
