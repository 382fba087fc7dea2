/* SPDX-License-Identifier: MIT */
#include "decode.h"

/* Arm v7-M Architecture Reference Manual, A5.2: 16-bit Thumb instruction encoding. */

static regset low(uint32_t code, int bit0)
{
    return CORE(bits(code, bit0 + 2, bit0));
}

static regset flags(const struct insn *insn)
{
    return insn->in_it_block ? 0 : FLAGS;
}

/* Rd, Rm: MOVS, LSLS, LSRS, ASRS by immediate; MVNS, RSBS #0 */
static void unary(struct insn *insn, uint32_t code)
{
    insn->writes = low(code, 0) | flags(insn);
    insn->reads = low(code, 3);
}

/* Rd, Rn, #imm3 or Rm */
static void add_sub(struct insn *insn, uint32_t code)
{
    insn->writes = low(code, 0) | flags(insn);
    insn->reads = low(code, 3) | (bit(code, 10) ? 0 : low(code, 6));
}

static void mov_immediate(struct insn *insn, uint32_t code)
{
    insn->writes = low(code, 8) | flags(insn);
}

static void compare_immediate(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 8);
    insn->writes = FLAGS;
}

static void add_sub_immediate(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 8);
    insn->writes = low(code, 8) | flags(insn);
}

/* Rdn, Rm */
static void binary(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 0) | low(code, 3);
    insn->writes = low(code, 0) | flags(insn);
}

static void binary_carry(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    insn->reads |= FLAGS;
}

static void compare(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 0) | low(code, 3);
    insn->writes = FLAGS;
}

/* The forms that reach r8-r15: Rd in bits 7, 2-0 and Rm in bits 6-3 */
static int high_d(uint32_t code)
{
    return bits(code, 2, 0) | bits(code, 7, 7) << 3;
}

static int high_m(uint32_t code)
{
    return bits(code, 6, 3);
}

static void leave_through(struct insn *insn, int source)
{
    insn->kind = KIND_BX;
    insn->branch = source == LR ? BRANCH_RETURN : BRANCH_INDIRECT;
}

static void add_high(struct insn *insn, uint32_t code)
{
    insn->reads = CORE(high_d(code)) | CORE(high_m(code));
    insn->writes = CORE(high_d(code));
    if (high_d(code) == PC)
    {
        leave_through(insn, PC);
    }
}

static void compare_high(struct insn *insn, uint32_t code)
{
    insn->reads = CORE(high_d(code)) | CORE(high_m(code));
    insn->writes = FLAGS;
}

static void mov_high(struct insn *insn, uint32_t code)
{
    insn->reads = CORE(high_m(code));
    insn->writes = CORE(high_d(code));
    if (high_d(code) == PC)
    {
        leave_through(insn, high_m(code));
    }
}

static void branch_exchange(struct insn *insn, uint32_t code)
{
    insn->reads = CORE(high_m(code));
    leave_through(insn, high_m(code));
}

static void branch_link_exchange(struct insn *insn, uint32_t code)
{
    insn->reads = CORE(high_m(code));
    insn->writes = CORE(LR);
    insn->branch = BRANCH_INDIRECT_CALL;
}

static void transfer(struct insn *insn, regset data)
{
    if (insn->kind == KIND_LOAD)
    {
        insn->writes = data;
    }
    else
    {
        insn->stored = data;
    }
}

static void load_literal(struct insn *insn, uint32_t code)
{
    insn->literal = true;
    insn->size = 4;
    insn->base = PC;
    insn->offset = bits(code, 7, 0) * 4;
    transfer(insn, low(code, 8));
}

static void register_offset(struct insn *insn, uint32_t code)
{
    static const int sizes[8] = {4, 2, 1, 1, 4, 2, 1, 2}; /* STR STRH STRB LDRSB LDR LDRH LDRB LDRSH */

    insn->size = sizes[bits(code, 11, 9)];
    insn->base = bits(code, 5, 3);
    insn->register_offset = true;
    insn->may_be_unaligned = true;
    insn->address = low(code, 3) | low(code, 6);
    transfer(insn, low(code, 0));
}

static void immediate_offset(struct insn *insn, uint32_t code)
{
    const int group = bits(code, 15, 12); /* 6 word, 7 byte, 8 halfword */

    insn->size = group == 6 ? 4 : group == 7 ? 1 : 2;
    insn->offset = bits(code, 10, 6) * insn->size;
    insn->base = bits(code, 5, 3);
    insn->may_be_unaligned = true;
    insn->address = low(code, 3);
    transfer(insn, low(code, 0));
}

static void sp_offset(struct insn *insn, uint32_t code)
{
    insn->size = 4;
    insn->base = SP;
    insn->offset = bits(code, 7, 0) * 4;
    insn->address = CORE(SP);
    transfer(insn, low(code, 8));
}

static void adr(struct insn *insn, uint32_t code)
{
    insn->writes = low(code, 8);
}

static void add_sp(struct insn *insn, uint32_t code)
{
    insn->writes = low(code, 8);
    insn->reads = CORE(SP);
}

static void adjust_sp(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->writes = CORE(SP);
    insn->reads = CORE(SP);
}

static void compare_branch(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 0);
    insn->branch = BRANCH_CONDITIONAL;
}

static void extend(struct insn *insn, uint32_t code)
{
    insn->reads = low(code, 3);
    insn->writes = low(code, 0);
}

static void reverse(struct insn *insn, uint32_t code)
{
    insn->shifted = low(code, 3);
    insn->writes = low(code, 0);
}

static void multiple(struct insn *insn, int base, regset list)
{
    insn->base = base;
    insn->address = CORE(base);
    insn->writeback = true;
    insn->size = 4;
    insn->transfers = __builtin_popcountll(list);
    insn->writes = CORE(base);
    if (insn->kind == KIND_STM)
    {
        insn->stored = list;
    }
    else
    {
        insn->writes |= list & ~CORE(PC);
        insn->branch = (list & CORE(PC)) != 0 ? BRANCH_LOAD_PC : BRANCH_NONE;
    }
}

static void push(struct insn *insn, uint32_t code)
{
    multiple(insn, SP, (code & 0xFF) | (bit(code, 8) ? CORE(LR) : 0));
}

static void pop(struct insn *insn, uint32_t code)
{
    multiple(insn, SP, (code & 0xFF) | (bit(code, 8) ? CORE(PC) : 0));
}

static void multiple_low(struct insn *insn, uint32_t code)
{
    multiple(insn, bits(code, 10, 8), code & 0xFF);
}

static void if_then(struct insn *insn, uint32_t code)
{
    insn->it_state = bits(code, 7, 0);
}

static void branch_conditional(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->reads = FLAGS;
    insn->branch = BRANCH_CONDITIONAL;
}

static void branch(struct insn *insn, uint32_t code)
{
    (void)code;
    insn->branch = BRANCH_DIRECT;
}

static const struct encoding rows[] = {
    {0xFFC0, 0x0000, KIND_MOV, unary},
    {0xF800, 0x1800, KIND_ADD, add_sub},
    {0xE000, 0x0000, KIND_SHIFT, unary},
    {0xF800, 0x2000, KIND_MOV, mov_immediate},
    {0xF800, 0x2800, KIND_ALU, compare_immediate},
    {0xF000, 0x3000, KIND_ADD, add_sub_immediate},

    {0xFFC0, 0x4080, KIND_SHIFT, binary},     /* LSL */
    {0xFFC0, 0x40C0, KIND_SHIFT, binary},     /* LSR */
    {0xFFC0, 0x4100, KIND_SHIFT, binary},     /* ASR */
    {0xFFC0, 0x41C0, KIND_SHIFT, binary},     /* ROR */
    {0xFFC0, 0x4140, KIND_ALU, binary_carry}, /* ADC */
    {0xFFC0, 0x4180, KIND_ALU, binary_carry}, /* SBC */
    {0xFFC0, 0x4200, KIND_ALU, compare},      /* TST */
    {0xFF80, 0x4280, KIND_ALU, compare},      /* CMP, CMN */
    {0xFFC0, 0x4240, KIND_ADD, unary},        /* RSB #0 */
    {0xFFC0, 0x4340, KIND_MUL, binary},
    {0xFFC0, 0x43C0, KIND_ALU, unary},  /* MVN */
    {0xFC00, 0x4000, KIND_ALU, binary}, /* AND, EOR, ORR, BIC */
    {0xFF00, 0x4400, KIND_ADD, add_high},
    {0xFF00, 0x4500, KIND_ALU, compare_high},
    {0xFF00, 0x4600, KIND_MOV, mov_high},
    {0xFF80, 0x4700, KIND_BX, branch_exchange},
    {0xFF80, 0x4780, KIND_BLX, branch_link_exchange},

    {0xF800, 0x4800, KIND_LOAD, load_literal},
    {0xFE00, 0x5600, KIND_LOAD, register_offset},  /* LDRSB */
    {0xF800, 0x5000, KIND_STORE, register_offset}, /* STR, STRH */
    {0xFE00, 0x5400, KIND_STORE, register_offset}, /* STRB */
    {0xF800, 0x5800, KIND_LOAD, register_offset},
    {0xF800, 0x6000, KIND_STORE, immediate_offset},
    {0xF800, 0x6800, KIND_LOAD, immediate_offset},
    {0xF800, 0x7000, KIND_STORE, immediate_offset},
    {0xF800, 0x7800, KIND_LOAD, immediate_offset},
    {0xF800, 0x8000, KIND_STORE, immediate_offset},
    {0xF800, 0x8800, KIND_LOAD, immediate_offset},
    {0xF800, 0x9000, KIND_STORE, sp_offset},
    {0xF800, 0x9800, KIND_LOAD, sp_offset},
    {0xF800, 0xA000, KIND_ADD, adr},
    {0xF800, 0xA800, KIND_ADD, add_sp},

    {0xFF00, 0xB000, KIND_ADD, adjust_sp},
    {0xF500, 0xB100, KIND_CBZ, compare_branch},
    {0xFF00, 0xB200, KIND_EXTEND, extend},
    {0xFF00, 0xBA00, KIND_BITFIELD, reverse},
    {0xFE00, 0xB400, KIND_STM, push},
    {0xFE00, 0xBC00, KIND_LDM, pop},
    {0xFFFF, 0xBF00, KIND_NOP, NULL},
    {0xFF0F, 0xBF00, KIND_SYSTEM, NULL}, /* YIELD, WFE, WFI, SEV */
    {0xFF00, 0xBF00, KIND_IT, if_then},
    {0xFF00, 0xBE00, KIND_SYSTEM, NULL}, /* BKPT */
    {0xFFE0, 0xB660, KIND_SYSTEM, NULL}, /* CPS */

    {0xF800, 0xC000, KIND_STM, multiple_low},
    {0xF800, 0xC800, KIND_LDM, multiple_low},
    {0xFE00, 0xDE00, KIND_SYSTEM, NULL}, /* UDF, SVC */
    {0xF000, 0xD000, KIND_BCOND, branch_conditional},
    {0xF800, 0xE000, KIND_B, branch},
};

bool decode_thumb16(struct insn *insn, uint32_t code)
{
    return decode_with(rows, sizeof rows / sizeof rows[0], insn, code);
}
