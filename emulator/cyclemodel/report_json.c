/* SPDX-License-Identifier: MIT */
#include "report_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "call_stack.h"
#include "code_fetch.h"
#include "counters.h"
#include "elf_symbols.h"
#include "memory.h"
#include "options.h"
#include "profile.h"
#include "regions.h"
#include "state.h"
#include "steps.h"

#define U64 "%" PRIu64

/* Between the members of an object or array: nothing, then commas. */
static const char *comma(int *written)
{
    return (*written)++ == 0 ? "" : ",";
}

static void write_totals(FILE *out)
{
    const uint64_t cycles = cycles_now();
    const uint64_t instructions = counters.instructions;

    fprintf(out, "  \"core\": \"m%d\",\n", options.core);
    fprintf(out, "  \"cycles\": " U64 ",\n", cycles);
    fprintf(out, "  \"instructions\": " U64 ",\n", instructions);
    fprintf(out, "  \"cpi\": %.4f,\n", instructions != 0 ? (double)cycles / (double)instructions : 0);
    fprintf(out, "  \"pipeline_cycles\": " U64 ",\n", counters.pipeline);
}

static void write_added(FILE *out)
{
    const uint64_t reasons = counters.because.unaligned + counters.because.bank + counters.because.mispredict +
                             counters.because.exception + counters.because.flash_data + counters.because.icache +
                             counters.because.dcache + counters.because.store_buffer;

    fprintf(out, "  \"added\": { \"unaligned\": " U64, counters.because.unaligned);
    fprintf(out, ", \"bank\": " U64, counters.because.bank);
    fprintf(out, ", \"mispredict\": " U64, counters.because.mispredict);
    fprintf(out, ", \"exception\": " U64, counters.because.exception);
    fprintf(out, ", \"flash_data\": " U64, counters.because.flash_data);
    fprintf(out, ", \"icache\": " U64, counters.because.icache);
    fprintf(out, ", \"dcache\": " U64, counters.because.dcache);
    fprintf(out, ", \"store_buffer\": " U64, counters.because.store_buffer);
    fprintf(out, ", \"conditional_transfers\": " U64 " },\n", counters.added - reasons);
}

static void write_events(FILE *out, const struct profile *profile)
{
    fprintf(out, "  \"events\": { \"unaligned\": " U64, counters.events.unaligned);
    fprintf(out, ", \"bank_conflicts\": " U64, counters.events.bank_conflicts);
    fprintf(out, ", \"branches\": " U64, counters.events.branches);
    fprintf(out, ", \"mispredicts\": " U64, counters.events.mispredicts);
    fprintf(out, ", \"zero_cost_insns\": " U64, profile->zero_cost_insns);
    fprintf(out, ", \"unknown_insns\": " U64, counters.events.unknown_insns);
    fprintf(out, ", \"tbs\": " U64, profile->blocks);
    fprintf(out, ", \"states\": %" PRIu32, state_count());
    fprintf(out, ", \"transitions\": " U64 " },\n", profile->transitions);
}

static void write_cache(FILE *out, const char *name, const struct cache *cache, bool writes)
{
    if (!cache_exists(cache))
    {
        return;
    }
    fprintf(out, "  \"%s\": { \"hits\": " U64 ", \"misses\": " U64, name, cache->hits, cache->misses);
    if (writes)
    {
        fprintf(out, ", \"writebacks\": " U64, cache->writebacks);
    }
    fprintf(out, " },\n");
}

static void write_classes(FILE *out, const struct profile *profile)
{
    int written = 0;

    fprintf(out, "  \"classes\": {");
    for (int kind = 0; kind < KIND_COUNT; kind++)
    {
        const struct tally *const tally = &profile->kinds[kind];

        if (tally->count != 0)
        {
            fprintf(out, "%s\n    \"%s\": { \"count\": " U64 ", \"cycles\": " U64 " }", comma(&written),
                    kind_traits[kind].name, tally->count, tally->cycles);
        }
    }
    fprintf(out, "\n  }");
}

static void write_regions(FILE *out)
{
    int written = 0;

    fprintf(out, ",\n  \"regions\": {");
    for (int id = 0; id < REGION_COUNT; id++)
    {
        const struct region *const region = region_get(id);

        if (region->count != 0)
        {
            fprintf(out, "%s\n    \"%d\": { \"count\": " U64 ", \"cycles\": " U64 ", \"instructions\": " U64,
                    comma(&written), id, region->count, region->cycles, region->instructions);
            fprintf(out, ", \"min\": " U64 ", \"max\": " U64 " }", region->shortest, region->longest);
        }
    }
    fprintf(out, "\n  }");
}

static const struct tally *sorting; /* qsort hands its comparison no context */

static int by_own_cycles(const void *a, const void *b)
{
    const int x = *(const int *)a;
    const int y = *(const int *)b;

    return sorting[x].cycles != sorting[y].cycles ? (sorting[x].cycles > sorting[y].cycles ? -1 : 1) : x - y;
}

static void write_functions(FILE *out, const struct profile *profile)
{
    const int count = elf_function_count();
    int *const order = calloc((size_t)count + 1, sizeof *order);
    int written = 0;

    for (int i = 0; i < count; i++)
    {
        order[i] = i;
    }
    sorting = profile->functions;
    qsort(order, (size_t)count, sizeof *order, by_own_cycles);

    fprintf(out, ",\n  \"functions\": {");
    for (int i = 0; i < count; i++)
    {
        const struct tally *const own = &profile->functions[order[i]];
        const struct call_totals *const calls = call_stack_totals(order[i]);

        if (own->cycles == 0 && calls->calls == 0)
        {
            continue;
        }
        fprintf(out, "%s\n    \"%s\": { \"cycles\": " U64 ", \"instructions\": " U64, comma(&written),
                elf_function(order[i])->name, own->cycles, own->count);
        if (options.track_calls)
        {
            fprintf(out, ", \"inclusive\": " U64 ", \"calls\": " U64, calls->inclusive, calls->calls);
        }
        fprintf(out, " }");
    }
    fprintf(out, "\n  }");
    free(order);
}

static void write_steps(FILE *out)
{
    fprintf(out, ",\n  \"steps\": [");
    for (int i = 0, written = 0; i < steps_count(); i++)
    {
        const struct step step = steps_get(i);

        fprintf(out, "%s\n    { \"index\": %d, \"cycles\": " U64 ", \"instructions\": " U64 " }", comma(&written), i,
                step.cycles, step.instructions);
    }
    fprintf(out, "\n  ]");
}

static void write_hot(FILE *out, const struct profile *profile)
{
    fprintf(out, ",\n  \"hot\": [");
    for (int i = 0, written = 0; i < profile->hot_count && i < options.hottest; i++)
    {
        const struct hot_address *const hot = &profile->hot[i];
        const int function = hot->insn->block->function;

        fprintf(out, "%s\n    { \"pc\": \"0x%08" PRIx32 "\", \"count\": " U64 ", \"cycles\": " U64, comma(&written),
                hot->insn->pc, hot->tally.count, hot->tally.cycles);
        fprintf(out, ", \"class\": \"%s\", \"function\": \"%s\" }", kind_traits[hot->insn->kind].name,
                function >= 0 ? elf_function(function)->name : "");
    }
    fprintf(out, "\n  ]");
}

void report_json(void)
{
    FILE *const out = fopen(options.out, "w");
    struct profile profile;

    if (out == NULL)
    {
        fprintf(stderr, "cyclemodel: cannot write out=%s\n", options.out);
        return;
    }
    profile_make(&profile, options.hottest > 0);

    fprintf(out, "{\n");
    write_totals(out);
    write_added(out);
    write_events(out, &profile);
    write_cache(out, "dcache", &dcache, true);
    write_cache(out, "icache", &icache, false);
    write_cache(out, "art_i", &code_lines, false);
    write_classes(out, &profile);
    write_regions(out);
    write_functions(out, &profile);
    if (steps_enabled())
    {
        write_steps(out);
    }
    if (options.hottest > 0)
    {
        write_hot(out, &profile);
    }
    fprintf(out, "\n}\n");
    fclose(out);
}
