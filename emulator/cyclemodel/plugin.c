/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "block.h"
#include "call_stack.h"
#include "decode.h"
#include "elf_symbols.h"
#include "guest_memory.h"
#include "memory.h"
#include "options.h"
#include "qemu_plugin_api.h"
#include "report_json.h"
#include "run.h"
#include "steps.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

/* Lengths come from the encodings: at a page boundary QEMU appends bytes it has looked at to the last instruction. */
static size_t copy_code(const struct qemu_plugin_tb *tb, size_t insns, uint8_t *code)
{
    size_t bytes = 0;

    for (size_t i = 0; i < insns; i++)
    {
        const uint8_t *const insn = qemu_plugin_insn_data(qemu_plugin_tb_get_insn(tb, i));
        const size_t length = (size_t)decode_length(insn);

        memcpy(code + bytes, insn, length);
        bytes += length;
    }
    return bytes;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    const size_t all = qemu_plugin_tb_n_insns(tb);
    const size_t insns = all < MAX_BLOCK_INSNS ? all : MAX_BLOCK_INSNS;
    uint8_t code[MAX_BLOCK_INSNS * 4];
    const size_t bytes = copy_code(tb, insns, code);
    struct block *const block = block_for((uint32_t)qemu_plugin_tb_vaddr(tb) & ~1u, code, bytes, insns);

    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, run_enter, QEMU_PLUGIN_CB_NO_REGS, block);
    for (size_t i = 0; i < insns; i++)
    {
        memory_watch(qemu_plugin_tb_get_insn(tb, i), &block->insns[i]);
    }
}

static void on_cpu_start(qemu_plugin_id_t id, unsigned int cpu)
{
    (void)id;
    (void)cpu;
    if (options.ram != NULL)
    {
        guest_map_ram(options.ram);
    }
}

static void on_exit(qemu_plugin_id_t id, void *userdata)
{
    (void)id;
    (void)userdata;
    report_json();
}

static bool find_symbols(void)
{
    if (options.elf != NULL && !elf_load(options.elf))
    {
        return false;
    }
    if (options.marker == 0)
    {
        elf_symbol("cyc_marker", &options.marker);
    }
    return options.steps == NULL || steps_init(options.steps);
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    if (!options_parse(argc, argv) || !find_symbols())
    {
        return -1;
    }
    call_stack_init();
    memory_init();
    run_init();
    qemu_plugin_register_vcpu_init_cb(id, on_cpu_start);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_exit, NULL);
    return 0;
}
