/* SPDX-License-Identifier: MIT */
#include "../frontend/ti_frontend.h"
#include "ti_native.h"

_Static_assert(sizeof(struct ti_frontend) == TI_NATIVE_FEATURE_WORDS * sizeof(int32_t), "managed code allocates it");

int32_t ti_native_features(int32_t *state, int32_t words, const int16_t *samples, int32_t length, int32_t start,
                           int32_t count, int8_t *row, int32_t room)
{
    struct ti_frontend *const frontend = (struct ti_frontend *)(void *)state;

    if (words < TI_NATIVE_FEATURE_WORDS || samples == NULL || room < TI_FRONTEND_CHANNELS || start < 0 || count < 0 ||
        start > length || count > length - start || count > INT32_MAX / 2 || frontend->filled < 0 ||
        frontend->filled >= TI_FRONTEND_WINDOW)
    {
        return -TI_WRONG_SIZE;
    }

    const int16_t *from = samples + start;
    size_t left = (size_t)count;
    const bool complete = ti_frontend_push(frontend, &from, &left, row);

    return 2 * (count - (int32_t)left) + (complete ? 1 : 0);
}
