/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_INSN_H
#define CYCLEMODEL_INSN_H

#include <stdbool.h>
#include <stdint.h>

/* A set of what instructions read and write: r0-r15 in bits 0-15, flags, and s0-s31 in bits 32-63. */
typedef uint64_t regset;

#define CORE(n) ((regset)1 << (n))
#define FLAGS_BIT 16
#define FLAGS ((regset)1 << FLAGS_BIT) /* APSR N, Z, C, V */
#define GE_BITS ((regset)1 << 17)      /* APSR GE */
#define FPSCR_FLAGS ((regset)1 << 18)
#define FP_BIT 32
#define SINGLE(n) ((regset)1 << (FP_BIT + (n)))
#define CORE_REGISTERS ((regset)0xFFFF)
#define SP 13
#define LR 14
#define PC 15

/* Timing classes. */
enum insn_kind
{
    KIND_NOP,
    KIND_ALU,
    KIND_ADD,
    KIND_MOV,
    KIND_SHIFT,       /* also MOV with a shifted register */
    KIND_ALU_SHIFTED, /* with a shifted register operand */
    KIND_EXTEND,      /* SXTB, UXTB16, ... */
    KIND_BITFIELD,    /* UBFX, BFI, SSAT, PKHBT, REV, SXTAB16, ... */
    KIND_DSP,         /* SIMD add and subtract, QADD, SEL, CLZ */
    KIND_MUL,         /* with a 32 or 64-bit result */
    KIND_MAC,         /* MLA, SMLAD, UMLAL, ... */
    KIND_DIV,
    KIND_LOAD,
    KIND_STORE,
    KIND_LDRD,
    KIND_STRD,
    KIND_LDM,
    KIND_STM,
    KIND_B,
    KIND_BCOND,
    KIND_CBZ,
    KIND_BL,
    KIND_BX,
    KIND_BLX,
    KIND_LOAD_PC, /* LDR pc */
    KIND_TABLE_BRANCH,
    KIND_IT,
    KIND_SYSTEM,
    KIND_VADD, /* and VSUB, VABS, VNEG, VSEL */
    KIND_VMUL,
    KIND_VMAC,
    KIND_VDIV,
    KIND_VSQRT,
    KIND_VMOV, /* between FP registers */
    KIND_VMOV_FROM_CORE,
    KIND_VMOV_TO_CORE,
    KIND_VMOV_IMMEDIATE,
    KIND_VCVT,
    KIND_VCMP,
    KIND_VMRS,
    KIND_VLDR,
    KIND_VSTR,
    KIND_VLDM,
    KIND_VSTM,
    KIND_UNKNOWN,
    KIND_COUNT
};

/* How control leaves the block that the instruction ends. */
enum branch_kind
{
    BRANCH_NONE,
    BRANCH_DIRECT,
    BRANCH_CONDITIONAL,
    BRANCH_CALL,
    BRANCH_INDIRECT,
    BRANCH_INDIRECT_CALL,
    BRANCH_RETURN, /* BX LR, MOV pc, lr */
    BRANCH_LOAD_PC,
    BRANCH_TABLE,
};

#define NO_BASE 255

struct block;

/* A decoded instruction. The register sets say where in the pipeline an operand is needed. */
struct insn
{
    uint32_t pc;
    int length; /* bytes */
    enum insn_kind kind;
    enum branch_kind branch;
    struct block *block;
    int index; /* in the block */

    regset writes;
    regset reads;       /* ordinary operands */
    regset address;     /* operands of address generation */
    regset shifted;     /* operands that pass through the shifter */
    regset accumulator; /* of a multiply-accumulate; on MOVT the half that MOVW wrote */
    regset stored;      /* store data */

    int size;       /* bytes of one access */
    int transfers;  /* words of a multiple access, core registers of a VMOV */
    int base;       /* base register, or NO_BASE */
    int32_t offset; /* immediate offset */
    int it_state;   /* of IT: the ITSTATE it starts */

    bool writeback;
    bool register_offset;
    bool literal;
    bool may_be_unaligned; /* without a fault */
    bool rotated;          /* immediate that needs the shifter */
    bool double_precision;
    bool chained;     /* VMLA, VMLS: multiplication and addition round one after the other */
    bool in_it_block; /* 16-bit instructions set no flags */
    bool conditional; /* in an IT block, under another condition than AL */
};

struct kind_traits
{
    const char *name; /* in the report */
    bool loads;
    bool stores;
    bool single; /* one access: LDR, STR, VLDR, VSTR */
    bool fp;
};

extern const struct kind_traits kind_traits[KIND_COUNT];

#endif
