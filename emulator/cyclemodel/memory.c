/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include "block.h"
#include "code_fetch.h"
#include "counters.h"
#include "options.h"
#include "regions.h"
#include "run.h"
#include "steps.h"

#define WRITEBACK_CYCLES 4 /* of a changed line that a miss replaces */
#define STORE_BUFFER_ENTRIES 4

struct cache dcache;

static struct cache flash_data;       /* the data lines of an M4 part's flash interface */
static uint32_t last_load;            /* address */
static uint64_t store_buffer_drained; /* cycle in which the store buffer is empty */

void memory_init(void)
{
    if (options.wait_states != 0)
    {
        cache_init(&flash_data, options.data_lines, 0, options.flash_line);
    }
    if (options.dcache_bytes != 0)
    {
        cache_init(&dcache, options.dcache_bytes / options.cache_line, options.dcache_ways, options.cache_line);
    }
}

static void charge_unaligned(uint32_t address, unsigned int bytes, bool store)
{
    if ((address & (bytes - 1)) == 0)
    {
        return;
    }
    counters.events.unaligned++;
    if (store)
    {
        return;
    }
    if (options.core == 7)
    {
        add_cycles(&counters.because.unaligned, options.m7_unaligned);
    }
    else if (options.m4_unaligned)
    {
        const bool three_accesses = bytes == 4 && (address & 1) != 0;
        add_cycles(&counters.because.unaligned, three_accesses ? 2 : 1);
    }
}

/* The access was assumed to overlap the load before it: not between memory blocks (M4), not in one bank (M7). */
static void charge_overlap(const struct insn *insn, uint32_t address)
{
    const bool *const overlaps = run.transition->overlaps;

    if (overlaps == NULL || !overlaps[insn->index])
    {
        return;
    }
    const uint32_t difference = address ^ last_load;
    const bool conflict = options.core == 7 ? options.m7_banks && (difference & 4) == 0
                                            : options.m4_block_switch && (difference & options.block_mask) != 0;
    if (conflict)
    {
        counters.events.bank_conflicts++;
        add_cycles(&counters.because.bank, 1);
    }
}

static void charge_store_buffer(unsigned int bytes)
{
    const uint64_t now = cycles_now();
    const uint64_t room = (uint64_t)(STORE_BUFFER_ENTRIES * options.m7_store_buffer);

    if (options.core != 7 || options.m7_store_buffer == 0 || bytes == 4)
    {
        return;
    }
    if (store_buffer_drained < now)
    {
        store_buffer_drained = now;
    }
    store_buffer_drained += (uint64_t)options.m7_store_buffer;
    if (store_buffer_drained > now + room)
    {
        add_cycles(&counters.because.store_buffer, (int)(store_buffer_drained - now - room));
    }
}

static bool in_flash(uint32_t address)
{
    return in_window(address, options.flash_base, options.flash_size);
}

static void charge_flash(uint32_t address)
{
    if (options.wait_states == 0 || !in_flash(address))
    {
        return;
    }
    if (!cache_exists(&flash_data) || cache_access(&flash_data, address, false) != CACHE_HIT)
    {
        add_cycles(&counters.because.flash_data, options.wait_states);
    }
}

static bool is_cached(uint32_t address)
{
    return options.cached_size == 0 || in_window(address, options.cached_base, options.cached_size) ||
           in_window(address, options.cached_base2, options.cached_size2);
}

/* A store that misses does not wait for its line. */
static void charge_dcache(uint32_t address, bool store)
{
    if (!is_cached(address))
    {
        return;
    }
    const enum cache_result result = cache_access(&dcache, address, store);
    int cycles = result == CACHE_MISS_DIRTY ? WRITEBACK_CYCLES : 0;

    if (result != CACHE_HIT && !store)
    {
        cycles += options.dcache_miss + (in_flash(address) ? options.wait_states : 0);
    }
    add_cycles(&counters.because.dcache, cycles);
}

static void on_access(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t where, void *userdata)
{
    const struct insn *const insn = userdata;
    const uint32_t address = (uint32_t)where;
    const unsigned int bytes = 1u << qemu_plugin_mem_size_shift(info);
    const bool store = qemu_plugin_mem_is_store(info);

    (void)cpu;
    if (store)
    {
        if (regions_are_marked_at(address))
        {
            regions_mark(address, run_moment(insn));
            return;
        }
        if (steps_are_counted_at(address))
        {
            steps_advance(run_moment(insn));
        }
    }
    charge_unaligned(address, bytes, store);
    charge_overlap(insn, address);
    if (store)
    {
        charge_store_buffer(bytes);
    }
    else
    {
        last_load = address;
    }
    if (cache_exists(&dcache))
    {
        charge_dcache(address, store);
    }
    else
    {
        charge_flash(address);
    }
}

/* Whether a rule other than markers and steps looks at the address. */
static bool address_matters(const struct insn *insn)
{
    const struct kind_traits *const traits = &kind_traits[insn->kind];

    if (!options.watch_memory)
    {
        return false;
    }
    if ((insn->may_be_unaligned && insn->size > 1) || options.wait_states != 0 || cache_exists(&dcache))
    {
        return true;
    }
    if (options.core == 7)
    {
        return traits->loads || (options.m7_store_buffer != 0 && insn->size < 4);
    }
    const bool behind_load = insn->index == 0 || (insn[-1].kind == KIND_LOAD || insn[-1].kind == KIND_VLDR);
    return options.m4_block_switch && traits->single && (traits->loads || behind_load);
}

void memory_watch(struct qemu_plugin_insn *handle, struct insn *insn)
{
    const struct kind_traits *const traits = &kind_traits[insn->kind];

    if (!traits->loads && !traits->stores)
    {
        return;
    }
    /* The pipeline model charges a conditional transfer one cycle; the others are added when it is seen to happen. */
    if (options.core == 4 && insn->conditional && insn->branch == BRANCH_NONE && insn->kind != KIND_STORE)
    {
        qemu_plugin_register_vcpu_mem_inline(handle, QEMU_PLUGIN_MEM_RW, QEMU_PLUGIN_INLINE_ADD_U64, &counters.added,
                                             1);
    }
    if (address_matters(insn) || (traits->stores && (regions_enabled() || steps_enabled())))
    {
        qemu_plugin_register_vcpu_mem_cb(handle, on_access, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, insn);
    }
}
