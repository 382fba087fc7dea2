/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options options = {
    .core = 4,
    .out = "cycles.json",
#define OPTION(type, field, name, value) .field = value,
#include "options.def"
#undef OPTION
};

static const struct
{
    const char *name;
    size_t offset;
} numbers[] = {
#define OPTION(type, field, name, value) {name, offsetof(struct options, field)},
#include "options.def"
#undef OPTION
};

static const struct
{
    const char *name;
    size_t offset;
} texts[] = {
    {"elf", offsetof(struct options, elf)},
    {"out", offsetof(struct options, out)},
    {"ram", offsetof(struct options, ram)},
    {"steps", offsetof(struct options, steps)},
};

static void *field_at(size_t offset)
{
    return (char *)&options + offset;
}

static bool set_core(const char *text)
{
    if (strcmp(text, "m4") == 0 || strcmp(text, "4") == 0)
    {
        options.core = 4;
        return true;
    }
    if (strcmp(text, "m7") == 0 || strcmp(text, "7") == 0)
    {
        options.core = 7;
        return true;
    }
    fprintf(stderr, "cyclemodel: core=%s is not supported (supported: m4, m7)\n", text);
    return false;
}

static bool set_number(size_t offset, const char *name, const char *text)
{
    char *end;
    long long value = strtoll(text, &end, 0);

    if (strcmp(text, "on") == 0 || strcmp(text, "off") == 0)
    {
        value = text[1] == 'n';
    }
    else if (end == text || *end != '\0' || value < INT32_MIN || value > UINT32_MAX)
    {
        fprintf(stderr, "cyclemodel: %s=%s is not a 32-bit number, on or off\n", name, text);
        return false;
    }
    const uint32_t bits = (uint32_t)value;
    memcpy(field_at(offset), &bits, sizeof bits);
    return true;
}

static bool set(const char *name, const char *text)
{
    if (strcmp(name, "core") == 0)
    {
        return set_core(text);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    {
        if (strcmp(name, texts[i].name) == 0)
        {
            const char *copy = strdup(text);
            memcpy(field_at(texts[i].offset), &copy, sizeof copy);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    {
        if (strcmp(name, numbers[i].name) == 0)
        {
            return set_number(numbers[i].offset, name, text);
        }
    }
    fprintf(stderr, "cyclemodel: there is no option %s\n", name);
    return false;
}

static bool power_of_two(int value)
{
    return value > 0 && (value & (value - 1)) == 0;
}

/* Sizes that index an array; a timing may be any number. */
static bool sizes_are_sound(void)
{
    const struct
    {
        const char *name;
        bool sound;
        const char *supported;
    } rules[] = {
        {"m4_fcap", options.m4_queue_words >= 2 && options.m4_queue_words <= 4, "2 to 4"},
        {"m7_btb", options.m7_btac >= 4 && options.m7_btac <= 4096 && options.m7_btac % 4 == 0,
         "multiples of 4 from 4 to 4096"},
        {"m7_hist", options.m7_history >= 0 && options.m7_history <= 31, "0 to 31"},
        {"m7_pht", options.m7_pattern_bits >= 1 && options.m7_pattern_bits <= 24, "1 to 24"},
        {"m7_ras", options.m7_return_stack >= 0 && options.m7_return_stack <= 64, "0 to 64"},
        {"fline", power_of_two(options.flash_line), "powers of two"},
        {"cline", power_of_two(options.cache_line), "powers of two"},
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
    {
        if (!rules[i].sound)
        {
            fprintf(stderr, "cyclemodel: that value of %s is not supported (supported: %s)\n", rules[i].name,
                    rules[i].supported);
            return false;
        }
    }
    return true;
}

bool options_parse(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
    {
        char *equals = strchr(argv[i], '=');

        if (equals == NULL)
        {
            fprintf(stderr, "cyclemodel: option %s has no value (write %s=VALUE)\n", argv[i], argv[i]);
            return false;
        }
        char *name = strndup(argv[i], (size_t)(equals - argv[i]));
        const bool good = set(name, equals + 1);
        free(name);
        if (!good)
        {
            return false;
        }
    }
    return sizes_are_sound();
}
