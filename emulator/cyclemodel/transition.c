/* SPDX-License-Identifier: MIT */
#include "transition.h"

#include <stdlib.h>
#include <string.h>

#include "options.h"

static struct passage simulate(const struct block *block, uint32_t entry, uint64_t missing,
                               struct passage_detail detail)
{
    return options.core == 7 ? pipeline_m7(block, entry, detail) : pipeline_m4(block, entry, missing, detail);
}

static const bool *copy_if_any(const bool *flags, size_t count)
{
    if (memchr(flags, true, count) == NULL)
    {
        return NULL;
    }
    bool *const copy = malloc(count);
    memcpy(copy, flags, count);
    return copy;
}

static struct transition *create(struct block *block, uint32_t entry, uint64_t missing)
{
    bool overlaps[MAX_BLOCK_INSNS];
    const struct passage passage = simulate(block, entry, missing, (struct passage_detail){.overlaps = overlaps});
    struct transition *const transition = calloc(1, sizeof *transition);

    *transition = (struct transition){
        .missing = missing,
        .entry = entry,
        .exit = {passage.exit[0], passage.exit[1]},
        .cycles = passage.cycles,
        .overlaps = copy_if_any(overlaps, (size_t)block->count),
    };
    return transition;
}

struct transition *transition_find(struct block *block, uint32_t entry, uint64_t missing)
{
    struct transition **link = &block->transitions;

    for (; *link != NULL; link = &(*link)->next)
    {
        struct transition *const found = *link;

        if (found->entry == entry && found->missing == missing)
        {
            *link = found->next;
            found->next = block->transitions;
            block->transitions = found;
            return found;
        }
    }
    struct transition *const created = create(block, entry, missing);
    created->next = block->transitions;
    block->transitions = created;
    return created;
}

int transition_start_of(struct transition *transition, const struct insn *insn)
{
    if (transition->starts == NULL)
    {
        int *const starts = calloc((size_t)insn->block->count, sizeof *starts);

        simulate(insn->block, transition->entry, transition->missing, (struct passage_detail){.start = starts});
        transition->starts = starts;
    }
    return transition->starts[insn->index];
}

void transition_costs(const struct transition *transition, const struct block *block, int *costs)
{
    simulate(block, transition->entry, transition->missing, (struct passage_detail){.cost = costs});
}
