/* SPDX-License-Identifier: MIT */
#include "decode.h"

/*
 * Arm v7-M Architecture Reference Manual, A5.3.18 and A6: coprocessor space, of which 10 and 11 are the FPU. Bit
 * numbers count over both halfwords; P, U, W, L of loads and stores are bits 24, 23, 21, 20.
 */

/* Registers `count` from the one coded in four bits and an extra bit; pairs of s registers when double. */
static regset fp_registers(int four, int extra, int count, bool is_double)
{
    const int first = is_double ? (extra << 4 | four) * 2 : four << 1 | extra;
    const int last = first + (is_double ? 2 * count : count);
    regset set = 0;

    for (int n = first; n < last && n < 32; n++)
    {
        set |= SINGLE(n);
    }
    return set;
}

static bool is_double(uint32_t code)
{
    return bit(code, 8);
}

static regset vd(uint32_t code)
{
    return fp_registers(bits(code, 15, 12), bits(code, 22, 22), 1, is_double(code));
}

static regset vn(uint32_t code)
{
    return fp_registers(bits(code, 19, 16), bits(code, 7, 7), 1, is_double(code));
}

static regset vm(uint32_t code)
{
    return fp_registers(bits(code, 3, 0), bits(code, 5, 5), 1, is_double(code));
}

static void binary(struct insn *insn, uint32_t code)
{
    insn->writes = vd(code);
    insn->reads = vn(code) | vm(code);
}

static void unary(struct insn *insn, uint32_t code)
{
    insn->writes = vd(code);
    insn->reads = vm(code);
}

static void constant(struct insn *insn, uint32_t code)
{
    insn->writes = vd(code);
}

static void fused(struct insn *insn, uint32_t code)
{
    binary(insn, code);
    insn->accumulator = vd(code);
}

static void chained(struct insn *insn, uint32_t code)
{
    fused(insn, code);
    insn->chained = true;
}

static void compare(struct insn *insn, uint32_t code)
{
    insn->reads = vd(code) | vm(code);
    insn->writes = FPSCR_FLAGS;
}

static void compare_zero(struct insn *insn, uint32_t code)
{
    insn->reads = vd(code);
    insn->writes = FPSCR_FLAGS;
}

/* VCVT between precisions: bit 8 describes the source */
static void convert_precision(struct insn *insn, uint32_t code)
{
    insn->writes = fp_registers(bits(code, 15, 12), bits(code, 22, 22), 1, !is_double(code));
    insn->reads = vm(code);
}

static void from_integer(struct insn *insn, uint32_t code)
{
    insn->writes = vd(code);
    insn->reads = fp_registers(bits(code, 3, 0), bits(code, 5, 5), 1, false);
}

static void to_integer(struct insn *insn, uint32_t code)
{
    insn->writes = fp_registers(bits(code, 15, 12), bits(code, 22, 22), 1, false);
    insn->reads = vm(code);
}

static void fixed_point(struct insn *insn, uint32_t code)
{
    insn->writes = vd(code);
    insn->reads = vd(code);
}

/* VMOV of one (Rt) or two (Rt, Rt2) core registers; bit 20: to the core */
static void core_move(struct insn *insn, uint32_t code, regset core, regset fp)
{
    insn->writes = bit(code, 20) ? core : fp;
    insn->reads = bit(code, 20) ? fp : core;
    insn->kind = bit(code, 20) ? KIND_VMOV_TO_CORE : KIND_VMOV_FROM_CORE;
}

static void core_move_one(struct insn *insn, uint32_t code)
{
    insn->transfers = 1;
    core_move(insn, code, CORE(bits(code, 15, 12)), vn(code));
}

static void core_move_two(struct insn *insn, uint32_t code)
{
    const int count = is_double(code) ? 1 : 2;

    insn->transfers = 2;
    core_move(insn, code, CORE(bits(code, 15, 12)) | CORE(bits(code, 19, 16)),
              fp_registers(bits(code, 3, 0), bits(code, 5, 5), count, is_double(code)));
}

/* VMRS APSR_nzcv is the one with Rt = pc */
static void status(struct insn *insn, uint32_t code)
{
    const int rt = bits(code, 15, 12);
    const bool to_core = bit(code, 20);

    insn->reads = to_core ? FPSCR_FLAGS : CORE(rt);
    insn->writes = !to_core ? FPSCR_FLAGS : rt == PC ? FLAGS : CORE(rt);
}

static void load_or_store(struct insn *insn, regset data)
{
    if (kind_traits[insn->kind].loads)
    {
        insn->writes |= data;
    }
    else
    {
        insn->stored = data;
    }
}

static void single(struct insn *insn, uint32_t code)
{
    const int distance = bits(code, 7, 0) * 4;

    insn->size = 4;
    insn->base = bits(code, 19, 16);
    insn->offset = bit(code, 23) ? distance : -distance;
    insn->transfers = is_double(code) ? 2 : 1;
    insn->literal = insn->kind == KIND_VLDR && insn->base == PC;
    insn->address = insn->literal ? 0 : CORE(insn->base);
    load_or_store(insn, vd(code));
}

static void multiple(struct insn *insn, uint32_t code)
{
    const int words = bits(code, 7, 0);

    insn->size = 4;
    insn->base = bits(code, 19, 16);
    insn->address = CORE(insn->base);
    insn->transfers = words;
    insn->writeback = bit(code, 21);
    insn->writes = insn->writeback ? CORE(insn->base) : 0;
    load_or_store(insn, fp_registers(bits(code, 15, 12), bits(code, 22, 22), is_double(code) ? words / 2 : words,
                                     is_double(code)));
}

static const struct encoding rows[] = {
    {0xFF000000, 0xFE000000, KIND_VADD, binary}, /* FPv5: VSEL, VMAXNM, VRINT, ... */

    {0xFFA00000, 0xEC000000, KIND_VMOV_FROM_CORE, core_move_two},
    {0xFF300000, 0xED100000, KIND_VLDR, single},
    {0xFF300000, 0xED000000, KIND_VSTR, single},
    {0xFE100000, 0xEC100000, KIND_VLDM, multiple},
    {0xFE100000, 0xEC000000, KIND_VSTM, multiple},

    {0xFFE00010, 0xEEE00010, KIND_VMRS, status},
    {0xFF000010, 0xEE000010, KIND_VMOV_FROM_CORE, core_move_one},

    {0xFFA00010, 0xEE000000, KIND_VMAC, chained}, /* VMLA, VMLS, VNMLA, VNMLS */
    {0xFFB00010, 0xEE200000, KIND_VMUL, binary},
    {0xFFB00010, 0xEE300000, KIND_VADD, binary},
    {0xFFB00010, 0xEE800000, KIND_VDIV, binary},
    {0xFFB00010, 0xEE900000, KIND_VMAC, fused}, /* VFNMA, VFNMS */
    {0xFFB00010, 0xEEA00000, KIND_VMAC, fused}, /* VFMA, VFMS */
    {0xFFB00050, 0xEEB00000, KIND_VMOV_IMMEDIATE, constant},
    {0xFFBF00D0, 0xEEB00040, KIND_VMOV, unary},
    {0xFFBF00D0, 0xEEB000C0, KIND_VADD, unary}, /* VABS */
    {0xFFBF00D0, 0xEEB10040, KIND_VADD, unary}, /* VNEG */
    {0xFFBF00D0, 0xEEB100C0, KIND_VSQRT, unary},
    {0xFFBF0050, 0xEEB40040, KIND_VCMP, compare},
    {0xFFBF0050, 0xEEB50040, KIND_VCMP, compare_zero},
    {0xFFBF0050, 0xEEB70040, KIND_VCVT, convert_precision},
    {0xFFBF0050, 0xEEB80040, KIND_VCVT, from_integer},
    {0xFFBE0050, 0xEEBC0040, KIND_VCVT, to_integer},
    {0xFFBA0050, 0xEEBA0040, KIND_VCVT, fixed_point},
    {0xFFB00050, 0xEEB00040, KIND_VCVT, unary}, /* half precision, VRINT */
};

bool decode_vfp(struct insn *insn, uint32_t code)
{
    const bool coprocessor = (code & 0xEC000000) == 0xEC000000;
    const bool fpu = (code & 0xE00) == 0xA00;

    if (!coprocessor)
    {
        return false;
    }
    if (!fpu)
    {
        insn->kind = KIND_SYSTEM;
        return true;
    }
    insn->double_precision = is_double(code);
    return decode_with(rows, sizeof rows / sizeof rows[0], insn, code);
}
