/* SPDX-License-Identifier: MIT */
/* Clips of one second (16000 int16, machine order) from stdin to features (49 rows of int8) on stdout. */
#include <stdio.h>

#include "ti_frontend.h"

int main(void)
{
    static struct ti_frontend frontend;
    static int16_t clip[TI_FRONTEND_RATE];

    while (fread(clip, sizeof clip, 1, stdin) == 1)
    {
        const int16_t *samples = clip;
        size_t count = TI_FRONTEND_RATE;
        int8_t row[TI_FRONTEND_CHANNELS];

        ti_frontend_init(&frontend);
        while (ti_frontend_push(&frontend, &samples, &count, row))
        {
            if (fwrite(row, sizeof row, 1, stdout) != 1)
            {
                return 1;
            }
        }
    }
    return 0;
}
