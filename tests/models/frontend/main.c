/* SPDX-License-Identifier: MIT */
/* On the emulated core: clips of one second from the file in.bin, features to features.bin. */
#include "semihosting.h"
#include "ti_frontend.h"

int main(void)
{
    static struct ti_frontend frontend;
    static int16_t clip[TI_FRONTEND_RATE];
    const uint32_t input = semihosting_open_read("in.bin");
    const uint32_t output = semihosting_open_write("features.bin");
    bool good = input != 0 && output != 0;

    while (good && semihosting_read(input, clip, sizeof clip))
    {
        const int16_t *samples = clip;
        size_t count = TI_FRONTEND_RATE;
        int8_t row[TI_FRONTEND_CHANNELS];

        ti_frontend_init(&frontend);
        while (good && ti_frontend_push(&frontend, &samples, &count, row))
        {
            good = semihosting_write(output, row, sizeof row);
        }
    }
    return good ? 0 : 1;
}
