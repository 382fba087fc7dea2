/* SPDX-License-Identifier: MIT */
#include "tinyinfer.h"

const char *ti_status_text(enum ti_status status)
{
    switch (status)
    {
#define TI_STATUS(name, number, sentence)                                                                              \
    case TI_##name:                                                                                                    \
        return sentence;
#include "status.def"
#undef TI_STATUS
    }
    return "unknown status";
}
