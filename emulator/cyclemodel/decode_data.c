/* SPDX-License-Identifier: MIT */
#include "decode.h"

/*
 * Arm v7-M Architecture Reference Manual, A5.3.1, A5.3.3, A5.3.4, A5.3.11: 32-bit data processing with immediates and
 * shifted registers, branches and control. Bit numbers count over both halfwords: S is bit 20, Rn 19-16, Rd 11-8.
 */

static int rn(uint32_t code)
{
    return bits(code, 19, 16);
}

static int rd(uint32_t code)
{
    return bits(code, 11, 8);
}

static int rm(uint32_t code)
{
    return bits(code, 3, 0);
}

static regset result(uint32_t code)
{
    return CORE(rd(code)) | (bit(code, 20) ? FLAGS : 0);
}

/* Of AND, EOR, ADD and SUB with Rd = pc and S set: TST, TEQ, CMN and CMP. */
static bool only_compares(uint32_t code)
{
    return rd(code) == PC && bit(code, 20);
}

/* LSL #0 is a plain register; LSR, ASR #0 mean #32 and ROR #0 means RRX. */
static bool is_shifted(uint32_t code)
{
    return bits(code, 14, 12) != 0 || bits(code, 7, 4) != 0;
}

static bool is_rrx(uint32_t code)
{
    return bits(code, 14, 12) == 0 && bits(code, 7, 4) == 3;
}

/* MOV, and the immediate shifts that share its encoding */
static void move_register(struct insn *insn, uint32_t code)
{
    insn->writes = result(code);
    insn->reads = CORE(rm(code)) | (is_rrx(code) ? FLAGS : 0);
    insn->kind = is_shifted(code) ? KIND_SHIFT : KIND_MOV;
}

static void second_operand(struct insn *insn, uint32_t code)
{
    if (is_shifted(code))
    {
        insn->shifted = CORE(rm(code));
        insn->kind = KIND_ALU_SHIFTED;
    }
    else
    {
        insn->reads |= CORE(rm(code));
    }
}

static void not_register(struct insn *insn, uint32_t code)
{
    insn->writes = result(code);
    second_operand(insn, code);
}

static void pack(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
    insn->reads = CORE(rn(code));
    insn->shifted = CORE(rm(code));
    if (bit(code, 5)) /* PKHTB */
    {
        insn->shifted |= CORE(rn(code));
    }
}

static void binary(struct insn *insn, uint32_t code)
{
    insn->writes = result(code);
    insn->reads = CORE(rn(code));
    second_operand(insn, code);
}

static void binary_carry(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    insn->reads |= FLAGS;
}

static void binary_or_compare(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    if (only_compares(code))
    {
        insn->writes = FLAGS;
    }
}

/* CMN and CMP are no early adders */
static void add_sub(struct insn *insn, uint32_t code)
{
    binary_or_compare(insn, code);
    if (rd(code) == PC && insn->kind == KIND_ADD)
    {
        insn->kind = KIND_ALU;
    }
}

/* A modified immediate i:imm3 >= 4 is an 8-bit value rotated into place. */
static bool is_rotated(uint32_t code)
{
    return bit(code, 26) || bit(code, 14);
}

static void move_immediate(struct insn *insn, uint32_t code)
{
    insn->writes = result(code);
    insn->rotated = is_rotated(code);
    insn->kind = insn->rotated ? KIND_ALU : KIND_MOV;
}

static void immediate(struct insn *insn, uint32_t code)
{
    insn->writes = result(code);
    insn->reads = CORE(rn(code));
    insn->rotated = is_rotated(code);
}

static void immediate_carry(struct insn *insn, uint32_t code)
{
    immediate(insn, code);
    insn->reads |= FLAGS;
}

static void immediate_or_compare(struct insn *insn, uint32_t code)
{
    immediate(insn, code);
    if (only_compares(code))
    {
        insn->writes = FLAGS;
    }
}

static void add_sub_immediate(struct insn *insn, uint32_t code)
{
    immediate_or_compare(insn, code);
    if (insn->rotated || insn->writes == FLAGS)
    {
        insn->kind = KIND_ALU;
    }
}

static void reverse_subtract_immediate(struct insn *insn, uint32_t code)
{
    immediate(insn, code);
    insn->kind = insn->rotated ? KIND_ALU : KIND_ADD;
}

/* ADDW, SUBW, ADR */
static void add_sub_12(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
    insn->reads = rn(code) == PC ? 0 : CORE(rn(code));
}

static void move_16(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
}

static void move_top(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
    insn->accumulator = CORE(rd(code));
}

/* SSAT, USAT, SSAT16, USAT16, SBFX, UBFX */
static void bit_field(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
    insn->shifted = CORE(rn(code));
}

/* BFI, BFC */
static void insert(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
    insn->reads = CORE(rd(code));
    insn->shifted = rn(code) == PC ? 0 : CORE(rn(code));
}

static void branch(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->branch = BRANCH_DIRECT;
}

static void branch_link(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->branch = BRANCH_CALL;
    insn->writes = CORE(LR);
}

static void branch_conditional(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->branch = BRANCH_CONDITIONAL;
    insn->reads = FLAGS;
}

static void read_special(struct insn *insn, uint32_t code)
{
    insn->writes = CORE(rd(code));
}

static const struct encoding rows[] = {
    /* shifted register */
    {0xFFEF0000, 0xEA4F0000, KIND_MOV, move_register},
    {0xFFEF0000, 0xEA6F0000, KIND_ALU, not_register}, /* MVN */
    {0xFFE00000, 0xEAC00000, KIND_BITFIELD, pack},
    {0xFFE00000, 0xEA000000, KIND_ALU, binary_or_compare}, /* AND, TST */
    {0xFFE00000, 0xEA800000, KIND_ALU, binary_or_compare}, /* EOR, TEQ */
    {0xFFE00000, 0xEB000000, KIND_ADD, add_sub},           /* ADD, CMN */
    {0xFFE00000, 0xEBA00000, KIND_ADD, add_sub},           /* SUB, CMP */
    {0xFFE00000, 0xEBC00000, KIND_ADD, binary},            /* RSB */
    {0xFFC00000, 0xEB400000, KIND_ALU, binary_carry},      /* ADC, SBC */
    {0xFE000000, 0xEA000000, KIND_ALU, binary},            /* BIC, ORR, ORN */

    /* modified immediate */
    {0xFBEF8000, 0xF04F0000, KIND_MOV, move_immediate},
    {0xFBEF8000, 0xF06F0000, KIND_MOV, move_immediate},       /* MVN */
    {0xFBE08000, 0xF0000000, KIND_ALU, immediate_or_compare}, /* AND, TST */
    {0xFBE08000, 0xF0800000, KIND_ALU, immediate_or_compare}, /* EOR, TEQ */
    {0xFBE08000, 0xF1000000, KIND_ADD, add_sub_immediate},    /* ADD, CMN */
    {0xFBE08000, 0xF1A00000, KIND_ADD, add_sub_immediate},    /* SUB, CMP */
    {0xFBE08000, 0xF1C00000, KIND_ADD, reverse_subtract_immediate},
    {0xFBC08000, 0xF1400000, KIND_ALU, immediate_carry}, /* ADC, SBC */
    {0xFA008000, 0xF0000000, KIND_ALU, immediate},       /* BIC, ORR, ORN */

    /* plain binary immediate */
    {0xFBF08000, 0xF2000000, KIND_ADD, add_sub_12},
    {0xFBF08000, 0xF2A00000, KIND_ADD, add_sub_12},
    {0xFBF08000, 0xF2400000, KIND_MOV, move_16},
    {0xFBF08000, 0xF2C00000, KIND_MOV, move_top},
    {0xFBD08000, 0xF3000000, KIND_BITFIELD, bit_field}, /* SSAT */
    {0xFBD08000, 0xF3800000, KIND_BITFIELD, bit_field}, /* USAT */
    {0xFBF08000, 0xF3400000, KIND_BITFIELD, bit_field}, /* SBFX */
    {0xFBF08000, 0xF3C00000, KIND_BITFIELD, bit_field}, /* UBFX */
    {0xFBF08000, 0xF3600000, KIND_BITFIELD, insert},

    /* branches and control */
    {0xF800D000, 0xF0009000, KIND_B, branch},
    {0xF800D000, 0xF000D000, KIND_BL, branch_link},
    {0xFFFFFFFF, 0xF3AF8000, KIND_NOP, NULL},
    {0xFFE09000, 0xF3E08000, KIND_SYSTEM, read_special}, /* MRS */
    {0xFB809000, 0xF3808000, KIND_SYSTEM, NULL},         /* MSR, hints, barriers */
    {0xF8009000, 0xF0008000, KIND_BCOND, branch_conditional},
};

bool decode_data(struct insn *insn, uint32_t code)
{
    return decode_with(rows, sizeof rows / sizeof rows[0], insn, code);
}
