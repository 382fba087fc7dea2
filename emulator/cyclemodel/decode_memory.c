/* SPDX-License-Identifier: MIT */
#include "decode.h"

/*
 * Arm v7-M Architecture Reference Manual, A5.3.5 to A5.3.10: 32-bit loads and stores. Bit numbers count over both
 * halfwords: P, U, W, L of the dual and multiple forms are bits 24, 23, 21, 20.
 */

static int base_of(uint32_t code)
{
    return bits(code, 19, 16);
}

static int signed_offset(int magnitude, bool up)
{
    return up ? magnitude : -magnitude;
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

static void write_back(struct insn *insn, bool enabled)
{
    insn->writeback = enabled;
    if (enabled)
    {
        insn->writes |= CORE(insn->base);
    }
}

static void multiple(struct insn *insn, uint32_t code)
{
    const regset list = code & 0xFFFF;

    insn->base = base_of(code);
    insn->address = CORE(insn->base);
    insn->size = 4;
    insn->transfers = __builtin_popcountll(list);
    write_back(insn, bit(code, 21));
    if (insn->kind == KIND_STM)
    {
        insn->stored = list;
        return;
    }
    insn->writes |= list & ~CORE(PC);
    insn->branch = (list & CORE(PC)) != 0 ? BRANCH_LOAD_PC : BRANCH_NONE;
}

static void table_branch(struct insn *insn, uint32_t code)
{
    insn->branch = BRANCH_TABLE;
    insn->address = CORE(base_of(code)) | CORE(bits(code, 3, 0));
    insn->size = bit(code, 4) ? 2 : 1;
}

/* LDREX, STREX and their byte and halfword forms; the status of a store goes to Rd of bits 11-8. */
static void exclusive(struct insn *insn, uint32_t code)
{
    insn->base = base_of(code);
    insn->address = CORE(insn->base);
    insn->size = 4;
    load_or_store(insn, CORE(bits(code, 15, 12)));
    if (insn->kind == KIND_STORE)
    {
        insn->writes = CORE(bits(code, 11, 8));
    }
}

static void dual(struct insn *insn, uint32_t code)
{
    const bool pre_indexed = bit(code, 24);

    insn->base = base_of(code);
    insn->size = 4;
    insn->transfers = 2;
    insn->offset = pre_indexed ? signed_offset(bits(code, 7, 0) * 4, bit(code, 23)) : 0;
    insn->literal = insn->kind == KIND_LDRD && insn->base == PC;
    insn->address = insn->literal ? 0 : CORE(insn->base);
    load_or_store(insn, CORE(bits(code, 15, 12)) | CORE(bits(code, 11, 8)));
    write_back(insn, bit(code, 21));
}

/* The address of LDR, STR and their byte and halfword forms. */
static void single_address(struct insn *insn, uint32_t code)
{
    insn->size = 1 << bits(code, 22, 21);
    insn->base = base_of(code);
    insn->may_be_unaligned = true;
    if (insn->base == PC && bit(code, 20))
    {
        insn->literal = true;
        insn->offset = signed_offset(bits(code, 11, 0), bit(code, 23));
        return;
    }
    insn->address = CORE(insn->base);
    if (bit(code, 23))
    {
        insn->offset = bits(code, 11, 0);
    }
    else if (bit(code, 11))
    {
        const bool pre_indexed = bit(code, 10);
        insn->offset = pre_indexed ? signed_offset(bits(code, 7, 0), bit(code, 9)) : 0;
        write_back(insn, bit(code, 8));
    }
    else
    {
        insn->address |= CORE(bits(code, 3, 0));
        insn->register_offset = true;
    }
}

static void single(struct insn *insn, uint32_t code)
{
    single_address(insn, code);
    load_or_store(insn, CORE(bits(code, 15, 12)));
}

static void load_pc(struct insn *insn, uint32_t code)
{
    single_address(insn, code);
    insn->branch = BRANCH_LOAD_PC;
}

/* PLD, PLI: the address is worked out and nothing else happens */
static void preload(struct insn *insn, uint32_t code)
{
    insn->size = 1 << bits(code, 22, 21);
    insn->base = base_of(code);
    insn->may_be_unaligned = true;
    insn->address = insn->base == PC ? 0 : CORE(insn->base);
}

static const struct encoding rows[] = {
    {0xFE500000, 0xE8000000, KIND_STM, multiple},
    {0xFE500000, 0xE8100000, KIND_LDM, multiple},
    {0xFFF0F0E0, 0xE8D0F000, KIND_TABLE_BRANCH, table_branch},
    {0xFF700000, 0xE8400000, KIND_STORE, exclusive},
    {0xFF700000, 0xE8500000, KIND_LOAD, exclusive},
    {0xFE500000, 0xE8400000, KIND_STRD, dual},
    {0xFE500000, 0xE8500000, KIND_LDRD, dual},

    {0xFE70F000, 0xF850F000, KIND_LOAD_PC, load_pc},
    {0xFE10F000, 0xF810F000, KIND_NOP, preload},
    {0xFE100000, 0xF8100000, KIND_LOAD, single},
    {0xFE100000, 0xF8000000, KIND_STORE, single},
};

bool decode_memory(struct insn *insn, uint32_t code)
{
    return decode_with(rows, sizeof rows / sizeof rows[0], insn, code);
}
