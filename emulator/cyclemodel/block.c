/* SPDX-License-Identifier: MIT */
#include "block.h"

#include <stdio.h>
#include <stdlib.h>

#include "counters.h"
#include "decode.h"
#include "elf_symbols.h"
#include "hash.h"

#define BUCKETS 16384
#define SPLITS 256
#define ALWAYS 14 /* condition AL */
#define UNKNOWN_SHOWN 20

static struct block *buckets[BUCKETS];
static struct block *first;
static struct block **last = &first;

/* ITSTATE at the start of a block that begins inside an IT block which QEMU has cut in two */
static struct
{
    uint32_t pc;
    int it_state;
} splits[SPLITS];

static int it_state_at(uint32_t pc)
{
    const uint32_t slot = (pc >> 1) % SPLITS;

    return splits[slot].pc == pc ? splits[slot].it_state : 0;
}

static void leave_it_state(uint32_t pc, int it_state)
{
    const uint32_t slot = (pc >> 1) % SPLITS;

    if (it_state != 0 || splits[slot].pc == pc)
    {
        splits[slot].pc = pc;
        splits[slot].it_state = it_state;
    }
}

/* ITSTATE: condition in bits 7-4 with its last bit shifting through, a mask whose lowest 1 ends the IT block */
static int advance_it(int it_state)
{
    return (it_state & 7) != 0 ? (it_state & 0xE0) | (it_state << 1 & 0x1F) : 0;
}

static void complain(const struct insn *insn)
{
    counters.events.unknown_insns++;
    if (counters.events.unknown_insns < UNKNOWN_SHOWN)
    {
        fprintf(stderr, "cyclemodel: the instruction at %08x is not known to the model\n", insn->pc);
    }
}

static void decode_insns(struct block *block, const uint8_t *code)
{
    int it_state = it_state_at(block->pc);

    for (int i = 0; i < block->count; i++)
    {
        struct insn *const insn = &block->insns[i];

        insn->pc = block->end;
        insn->block = block;
        insn->index = i;
        insn->in_it_block = it_state != 0;
        insn->conditional = it_state != 0 && it_state >> 4 != ALWAYS;
        decode(insn, code);
        if (insn->kind == KIND_UNKNOWN)
        {
            complain(insn);
        }
        it_state = insn->kind == KIND_IT ? insn->it_state : advance_it(it_state);
        code += insn->length;
        block->end += (uint32_t)insn->length;
    }
    leave_it_state(block->end, it_state);
}

static struct block *create(uint32_t pc, const uint8_t *code, size_t insns)
{
    struct block *const block = calloc(1, sizeof *block);

    block->pc = pc;
    block->end = pc;
    block->count = (int)insns;
    block->insns = calloc(insns, sizeof *block->insns);
    decode_insns(block, code);
    block->branch = block_last_insn(block)->branch;
    block->conditional_end = block->branch == BRANCH_CONDITIONAL || block_last_insn(block)->conditional;
    block->function = elf_function_at(pc);
    *last = block;
    last = &block->next;
    return block;
}

struct block *block_for(uint32_t pc, const uint8_t *code, size_t bytes, size_t insns)
{
    const uint32_t hash = (uint32_t)hash_bytes(code, bytes) ^ pc * 2654435761u ^ (uint32_t)it_state_at(pc);
    struct block **const bucket = &buckets[hash % BUCKETS];

    for (struct block *block = *bucket; block != NULL; block = block->same_hash)
    {
        if (block->hash == hash && block->pc == pc && (size_t)block->count == insns)
        {
            return block;
        }
    }
    struct block *const block = create(pc, code, insns);
    block->hash = hash;
    block->same_hash = *bucket;
    *bucket = block;
    return block;
}

const struct block *block_first(void)
{
    return first;
}
