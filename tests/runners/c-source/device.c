/* SPDX-License-Identifier: MIT */
/*
 * Runs the model that `compile` has written as C and assembly on an emulated board: inputs.bin has the inputs of RUNS
 * invocations, outputs.bin gets the outputs; every invocation starts from reset state. MODEL, MODEL_HEADER, INPUT_BYTES
 * and OUTPUT_BYTES are as in main.c.
 */
#include <string.h>

#include MODEL_HEADER
#include "semihosting.h"

#define JOIN(a, b) a##b
#define NAMED(model, member) JOIN(model, member)

static struct MODEL model;

int main(void)
{
    const uint32_t input = semihosting_open_read("inputs.bin");
    const uint32_t output = semihosting_open_write("outputs.bin");
    if (input == 0 || output == 0)
    {
        semihosting_print("inputs.bin or outputs.bin cannot be opened\n");
        return 1;
    }

    for (int run = RUNS; run > 0; run--)
    {
        memset(&model, 0xA5, sizeof model);
        NAMED(MODEL, _reset)(&model);
        if (!semihosting_read(input, NAMED(MODEL, _input0)(&model), INPUT_BYTES))
        {
            semihosting_print("the input ends early\n");
            return 1;
        }
        NAMED(MODEL, _invoke)(&model);
        if (!semihosting_write(output, NAMED(MODEL, _output0)(&model), OUTPUT_BYTES))
        {
            semihosting_print("the output cannot be written\n");
            return 1;
        }
    }
    semihosting_close(output);
    semihosting_close(input);
    return 0;
}
