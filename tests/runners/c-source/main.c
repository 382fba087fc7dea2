/* SPDX-License-Identifier: MIT */
/*
 * c-source-runner INPUT OUTPUT COUNT
 * Runs the model that `compile` has written as C: MODEL is its name, MODEL_HEADER the quoted name of its header,
 * INPUT_BYTES and OUTPUT_BYTES the sizes of its one input and one output; every invocation starts from reset state.
 */
#include <stdio.h>
#include <stdlib.h>

#include MODEL_HEADER

#define JOIN(a, b) a##b
#define NAMED(model, member) JOIN(model, member)

static struct MODEL model;

int main(int argc, char **argv)
{
    FILE *const input = argc == 4 ? fopen(argv[1], "rb") : NULL;
    FILE *const output = argc == 4 ? fopen(argv[2], "wb") : NULL;
    if (input == NULL || output == NULL)
    {
        fprintf(stderr, "usage: c-source-runner INPUT OUTPUT COUNT\n");
        return 2;
    }

    for (int run = atoi(argv[3]); run > 0; run--)
    {
        NAMED(MODEL, _reset)(&model);
        if (fread(NAMED(MODEL, _input0)(&model), 1, INPUT_BYTES, input) != INPUT_BYTES)
        {
            fprintf(stderr, "the input ends early\n");
            return 1;
        }
        NAMED(MODEL, _invoke)(&model);
        fwrite(NAMED(MODEL, _output0)(&model), 1, OUTPUT_BYTES, output);
    }
    fclose(output);
    return 0;
}
