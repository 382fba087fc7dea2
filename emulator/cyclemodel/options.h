/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_OPTIONS_H
#define CYCLEMODEL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct options
{
    int core;          /* 4 or 7 */
    const char *elf;   /* symbols, or NULL */
    const char *out;   /* report */
    const char *ram;   /* extra memory, BASE+SIZE[:BASE+SIZE...], or NULL */
    const char *steps; /* symbol of the step counter, or NULL */
#define OPTION(type, field, name, value) type field;
#include "options.def"
#undef OPTION
};

/* Set once by options_parse, read by everything. */
extern struct options options;

/* False after one sentence on stderr. */
bool options_parse(int argc, char **argv);

#endif
