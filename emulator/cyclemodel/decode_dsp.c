/* SPDX-License-Identifier: MIT */
#include "decode.h"

/* Arm v7-M Architecture Reference Manual, A5.3.12 to A5.3.17: register shifts, extends, SIMD, multiply and divide. */

static int rn(uint32_t code)
{
    return bits(code, 19, 16);
}

static int ra(uint32_t code)
{
    return bits(code, 15, 12);
}

static regset rd(uint32_t code)
{
    return CORE(bits(code, 11, 8));
}

static regset rm(uint32_t code)
{
    return CORE(bits(code, 3, 0));
}

static void shift(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code) | (bit(code, 20) ? FLAGS : 0);
    insn->reads = CORE(rn(code)) | rm(code);
}

static void extend(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code);
    insn->reads = rm(code);
}

static void extend_add(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code);
    insn->reads = CORE(rn(code));
    insn->shifted = rm(code);
}

static void binary(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code);
    insn->reads = CORE(rn(code)) | rm(code);
}

/* Only the plain signed and unsigned forms set GE; the saturating and halving ones do not. */
static void parallel(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    if (bits(code, 5, 4) == 0)
    {
        insn->writes |= GE_BITS;
    }
}

static void reverse(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code);
    insn->shifted = rm(code);
}

static void select(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    insn->reads |= GE_BITS;
}

static void unary(struct insn *insn, uint32_t code)
{
    insn->writes = rd(code);
    insn->reads = rm(code);
}

/* Ra = pc means there is nothing to add. */
static void multiply(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    if (ra(code) != PC)
    {
        insn->kind = KIND_MAC;
        insn->accumulator = CORE(ra(code));
    }
}

static void multiply_long(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    insn->writes |= CORE(ra(code));
    insn->transfers = 2;
    if (insn->kind == KIND_MAC)
    {
        insn->accumulator = insn->writes;
    }
}

static const struct encoding rows[] = {
    {0xFF8000F0, 0xFA000000, KIND_SHIFT, shift},         {0xFF8F0080, 0xFA0F0080, KIND_EXTEND, extend},
    {0xFF800080, 0xFA000080, KIND_BITFIELD, extend_add}, {0xFF800080, 0xFA800000, KIND_DSP, parallel},
    {0xFFF00080, 0xFA800080, KIND_DSP, binary}, /* QADD, QSUB, QDADD, QDSUB */
    {0xFFF00080, 0xFA900080, KIND_BITFIELD, reverse},    {0xFFF00080, 0xFAA00080, KIND_DSP, select},
    {0xFFF00080, 0xFAB00080, KIND_DSP, unary}, /* CLZ */
    {0xFF800000, 0xFB000000, KIND_MUL, multiply},        {0xFFD000F0, 0xFB9000F0, KIND_DIV, binary},
    {0xFFD00000, 0xFB800000, KIND_MUL, multiply_long}, /* SMULL, UMULL */
    {0xFF800000, 0xFB800000, KIND_MAC, multiply_long}, /* SMLAL, SMLALD, UMAAL, ... */
};

bool decode_dsp(struct insn *insn, uint32_t code)
{
    return decode_with(rows, sizeof rows / sizeof rows[0], insn, code);
}
