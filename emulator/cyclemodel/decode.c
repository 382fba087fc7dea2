/* SPDX-License-Identifier: MIT */
#include "decode.h"

bool decode_with(const struct encoding *rows, size_t count, struct insn *insn, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
    {
        if ((code & rows[i].mask) == rows[i].match)
        {
            insn->kind = rows[i].kind;
            if (rows[i].operands != NULL)
            {
                rows[i].operands(insn, code);
            }
            return true;
        }
    }
    return false;
}

void decode(struct insn *insn, const uint8_t *bytes)
{
    const uint32_t first = bytes[0] | (uint32_t)bytes[1] << 8;

    insn->length = decode_length(bytes);
    insn->base = NO_BASE;

    if (insn->length == 2)
    {
        if (!decode_thumb16(insn, first))
        {
            insn->kind = KIND_UNKNOWN;
        }
        return;
    }

    const uint32_t code = first << 16 | bytes[2] | (uint32_t)bytes[3] << 8;

    if (!decode_vfp(insn, code) && !decode_memory(insn, code) && !decode_data(insn, code) && !decode_dsp(insn, code))
    {
        insn->kind = KIND_UNKNOWN;
    }
}
