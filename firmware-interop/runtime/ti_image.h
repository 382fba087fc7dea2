/* SPDX-License-Identifier: MIT */
#ifndef TI_IMAGE_H
#define TI_IMAGE_H

#include "tinyinfer.h"

/* The byte layout of a model image. docs/IMAGE_FORMAT.md is the specification; compiler/Emit/ImageEmitter.cs writes it.
 */

enum
{
    TI_IMAGE_MAGIC = 0x314D4954, /* "TIM1", little-endian */
    TI_IMAGE_VERSION = 3,
    TI_CODE_ABI = 2,    /* of programs with machine code */
    TI_KERNEL_CODE = 0, /* a step that enters the program's own code */
    TI_MAX_INPUTS = 8,  /* operands of one step */
    TI_MAX_OUTPUTS = 4
};

/* A table inside the image: `count` records from byte `offset`. */
struct ti_table
{
    uint32_t offset;
    uint32_t count;
};

struct ti_image_header
{
    uint32_t magic;
    uint32_t version;
    uint32_t length;          /* of the whole image, in bytes                                   */
    uint32_t checksum;        /* CRC-32 (IEEE 802.3) of bytes 16..length-1                     */
    uint32_t name;            /* image offset of the model's name          */
    struct ti_table programs; /* struct ti_program                         */
    struct ti_table metadata; /* struct ti_metadata                        */
    struct ti_table golden;   /* struct ti_golden                          */
};

/* The model for one core: its steps and memory. Programs share constants and nothing else. */
struct ti_program
{
    uint32_t core;                         /* enum ti_core                                      */
    uint32_t abi;                          /* TI_CODE_ABI; 0 when core is portable              */
    uint32_t region_size[TI_REGION_COUNT]; /* bytes; [TI_REGION_IMAGE] is 0                     */
    uint32_t state_init;                   /* image offset of the initial state, 0: zeros       */
    struct ti_table inputs;                /* struct ti_tensor                                  */
    struct ti_table outputs;               /* struct ti_tensor                                  */
    struct ti_table steps;                 /* struct ti_step                                    */
    uint32_t code;                         /* image offset of the machine code                  */
    uint32_t code_size;                    /* bytes; 0 when core is portable                    */
    uint32_t hot_size;                     /* first bytes of the code that may be copied to RAM */
};

/* One kernel call. Operands: `inputs` places, then `outputs` places, then one scratch place (size 0: none). */
struct ti_step
{
    uint16_t kernel; /* a number of kernels.def, or TI_KERNEL_CODE */
    uint8_t inputs;
    uint8_t outputs;
    uint32_t entry;    /* TI_KERNEL_CODE: where the routine begins in the program's code; branch: the next step */
    uint32_t params;   /* image offset of the kernel's parameter struct */
    uint32_t operands; /* image offset of struct ti_place[inputs + outputs + 1] */
    uint32_t name;     /* image offset of the layer's name */
};

/* A key and its value, both zero-terminated strings: "labels" has one label a line. */
struct ti_metadata
{
    uint32_t key;
    uint32_t value;
};

/* One recorded inference from reset state: all inputs in order, each padded to a multiple of 4, and all outputs alike.
 */
struct ti_golden
{
    uint32_t inputs; /* image offset */
    uint32_t outputs;
};

/* Bytes that a tensor takes in a golden case. */
static inline uint64_t ti_golden_size(const struct ti_tensor *tensor)
{
    return ((uint64_t)tensor->place.size + 3U) & ~UINT64_C(3);
}

static inline uint32_t ti_place_region(struct ti_place place)
{
    return place.location >> 28;
}

static inline uint32_t ti_place_offset(struct ti_place place)
{
    return place.location & 0x0FFFFFFFU;
}

#endif
