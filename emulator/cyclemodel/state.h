/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_STATE_H
#define CYCLEMODEL_STATE_H

#include "insn.h"

/* Times are relative to the cycle in which the next instruction may start, and cut off where they stop to matter. */

/* What the M4 prefetch queue holds between two blocks; see fetch_m4.h. */
struct m4_fetch_state
{
    int8_t queued;       /* words requested beyond the next pc */
    int8_t requested[4]; /* when */
    int8_t last_request;
    int8_t freed[4];     /* when the slots of the words before the next pc became free, nearest first */
    int8_t blocked;      /* cycle in which no request can be made */
    int8_t line_arrival; /* 100 + arrival of the last line read from flash, 0 for none */
};

enum m4_memory
{
    M4_MEMORY_IDLE,
    M4_MEMORY_LOADING, /* a load whose data phase the next access may overlap */
    M4_MEMORY_STORED,
};

/* What an M4 instruction leaves for the next one. */
struct m4_carry
{
    regset late_fp;        /* FP results that cost a stall in the next instruction */
    uint32_t late_address; /* core registers that are too late for address generation */
    uint32_t loaded;       /* core registers of the load whose data phase is open */
    uint8_t memory;        /* enum m4_memory */
    uint8_t narrow;        /* it was a 16-bit instruction, which lets an IT fold */
    uint8_t several_cycles;
    uint8_t was_load;
    int8_t divider; /* cycles until VDIV or VSQRT is done */
    uint8_t unused[3];
};

struct m4_state
{
    struct m4_carry carry;
    struct m4_fetch_state fetch;
    uint8_t unused[4];
};

/* The instruction in the older issue slot of an M7 cycle. */
struct m7_older
{
    uint8_t kind; /* enum insn_kind */
    uint8_t base;
    int8_t offset; /* bit 2 of the offset: the bank */
    uint8_t register_offset;
    uint8_t rotated;
    uint8_t starts_macs; /* first FP multiply-accumulate after a pause */
};

struct m7_state
{
    regset word_loaded;           /* registers last written by a word load */
    int8_t ready[64];             /* when a result can be used, by bit of regset */
    int8_t accumulator_ready[32]; /* the same for s0-s31 as accumulator of an FP multiply-accumulate */
    struct m7_older older;
    uint8_t slot_open;    /* the younger slot of the last cycle is still free */
    int8_t blocks_ahead;  /* fetch blocks delivered but not yet used */
    uint8_t block_needed; /* 1: the block of the next pc has not been taken yet */
    int8_t mac_age;       /* cycles since the last FP multiply-accumulate */
    uint8_t mac_chained;  /* which was VMLA or VMLS */
    int8_t flags_age;     /* cycles since the flags were set, at most 4 */
    uint8_t unused[4];
};

/* Compared and hashed byte by byte, hence no padding. */
union pipeline_state
{
    struct m4_state m4;
    struct m7_state m7;
};

_Static_assert(sizeof(struct m4_state) == 40, "padding in m4_state");
_Static_assert(sizeof(struct m7_state) == 120, "padding in m7_state");

/* State 0: nothing in flight. */
#define STATE_CLEAN 0

/* Number of this state; equal states have equal numbers. */
uint32_t state_intern(const union pipeline_state *state);

/* Valid until the next state_intern. */
const union pipeline_state *state_get(uint32_t number);

uint32_t state_count(void);

#endif
