/* SPDX-License-Identifier: MIT */
#ifndef TINYINFER_H
#define TINYINFER_H

/*
 * TinyInfer device runtime: opens a model image in place and runs it.
 *
 *     static uint32_t arena[16000 / 4];
 *     struct ti_image image;
 *     struct ti_instance model;
 *     const struct ti_memory memory = {.base = {[TI_REGION_ARENA] = arena}, .size = {[TI_REGION_ARENA] = sizeof
 * arena}};
 *
 *     if (ti_image_open(&image, flash, flash_size) == TI_OK && ti_instance_init(&model, &image, &memory) == TI_OK)
 *     {
 *         memcpy(ti_input(&model, 0), samples, image.inputs[0].place.size);
 *         ti_invoke(&model);
 *         use(ti_output(&model, 0));
 *     }
 *
 * Rules
 * - Nothing is allocated. The image stays where it is and must outlive every instance; the caller owns all memory.
 * - No global state: any number of instances may share one image, each with memory of its own.
 * - ti_image_open proves the image once (every offset, kernel and parameter); ti_invoke checks nothing after that. It
 * ends, too: a model whose loops make more than TI_MAX_TURNS turns is stopped, and only that is an error.
 * - The bytes of an input are undefined after ti_invoke: the arena reuses them. Outputs stay until the next ti_invoke.
 * - Base addresses of the image and of every region are multiples of 4.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ti_status
{
#define TI_STATUS(name, number, sentence) TI_##name = number,
#include "status.def"
#undef TI_STATUS
};

/* One English sentence, without a full stop; never NULL. */
const char *ti_status_text(enum ti_status status);

/* Where an operand lives. The order is part of the image format. */
enum ti_region
{
    TI_REGION_IMAGE = 0, /* constants, read in place                                      */
    TI_REGION_ARENA = 1, /* activations and scratch; contents do not survive ti_invoke    */
    TI_REGION_STATE = 2, /* recurrent cells and variables; survive until ti_reset         */
    TI_REGION_FAST = 3,  /* a second arena for boards with tightly coupled memory         */
    TI_REGION_COUNT = 4
};

/* A range of bytes in a region: 28 bits of offset, 4 bits of region. */
struct ti_place
{
    uint32_t location; /* region << 28 | byte offset */
    uint32_t size;     /* bytes                      */
};

enum ti_type
{
    TI_TYPE_S8 = 1,
    TI_TYPE_U8 = 2,
    TI_TYPE_S16 = 3,
    TI_TYPE_S32 = 4,
    TI_TYPE_S64 = 5,
    TI_TYPE_F32 = 6,
    TI_TYPE_BOOL = 7,
    TI_TYPE_U32 = 8,
    TI_TYPE_U64 = 9
};

enum
{
    TI_MAX_RANK = 6,
    TI_MAX_TURNS = 1 << 20 /* of all loops together, in one invocation */
};

/* An input or output of the model. Element (i, j, ...) is real = scale * (stored - zero_point). */
struct ti_tensor
{
    struct ti_place place;
    uint32_t name;             /* image offset of a zero-terminated string */
    uint32_t type;             /* enum ti_type                             */
    uint32_t rank;             /* 0..TI_MAX_RANK                           */
    int32_t dims[TI_MAX_RANK]; /* row-major; unused ones are 1             */
    float scale;               /* 0 when the tensor is not quantized       */
    int32_t zero_point;
};

/* The cores that programs of an image are made for. */
enum ti_core
{
    TI_CORE_PORTABLE = 0,
    TI_CORE_M4 = 4, /* Cortex-M4 with FPU */
    TI_CORE_M7 = 7
};

/* The core this firmware runs on; TI_CORE_PORTABLE when it is another one or the firmware is built with TI_REFUSE_CODE.
 */
enum ti_core ti_core(void);

/* An image that ti_image_open has proved. Members are read-only for callers. */
struct ti_image
{
    const uint8_t *base;
    const struct ti_image_header *header;
    const struct ti_program *program; /* the one that runs on this core */
    const struct ti_tensor *inputs;
    const struct ti_tensor *outputs;
    uint32_t where; /* after a refusal: the number of the step or tensor at fault */
};

/* Base address and size in bytes of each region; TI_REGION_IMAGE is ignored. */
struct ti_memory
{
    void *base[TI_REGION_COUNT];
    size_t size[TI_REGION_COUNT];
    void *code; /* for a copy of hot code; NULL, or fewer bytes than ti_hot_size says: it runs where the image lies */
    size_t code_size;
};

/* A model ready to run: an image and its memory. */
struct ti_instance
{
    uint32_t step;  /* the step that runs next; first, so that tools can watch it at the instance's own address */
    uint32_t turns; /* branches to earlier steps, in this invocation */
    const struct ti_image *image;
    uint8_t *region[TI_REGION_COUNT];
    const uint8_t *hot; /* where the hot part of the image's code runs */
};

/*
 * Selects the program for this core, proves the image at `bytes` and fills `image`. Cost: one pass over the image
 * (checksum) and one over the steps of the program. Machine code is trusted like the firmware itself: only its bounds
 * are proved.
 * Returns TI_OK or the first reason for refusal, with image->where naming the step or tensor.
 */
enum ti_status ti_image_open(struct ti_image *image, const void *bytes, size_t length);

/* Bytes that a region of this image needs; 0 when it is not used. */
uint32_t ti_region_size(const struct ti_image *image, enum ti_region region);

/*
 * Bytes of code that run faster from RAM than from flash with wait states; 0 when there are none, and on cores with
 * caches. Memory that ti_memory.code names must be executable, and stay as it is while the instance is used.
 */
uint32_t ti_hot_size(const struct ti_image *image);

/* Number of inputs and outputs, and the zero-terminated name of a tensor. */
uint32_t ti_input_count(const struct ti_image *image);
uint32_t ti_output_count(const struct ti_image *image);
const char *ti_tensor_name(const struct ti_image *image, const struct ti_tensor *tensor);

/* Number of steps, and the zero-terminated name of the layer that step `index` belongs to. */
uint32_t ti_step_count(const struct ti_image *image);
const char *ti_step_name(const struct ti_image *image, uint32_t index);

/* Binds an opened image to memory, copies its hot code and resets its state. Returns TI_OK, TI_ARENA_TOO_SMALL or
 * TI_MISALIGNED. */
enum ti_status ti_instance_init(struct ti_instance *self, const struct ti_image *image, const struct ti_memory *memory);

/* Sets persistent state to its initial values. */
void ti_reset(struct ti_instance *self);

/* Where the caller writes input `index` and reads output `index`; place.size bytes each. */
void *ti_input(const struct ti_instance *self, uint32_t index);
const void *ti_output(const struct ti_instance *self, uint32_t index);

/* Runs the model once. Returns TI_OK, or TI_ENDLESS when a loop was stopped and the outputs mean nothing. */
enum ti_status ti_invoke(struct ti_instance *self);

/*
 * The same in slices: ti_begin, then ti_advance until it returns false, then ti_outcome, which is what ti_invoke
 * returns. Each ti_advance runs one step, so a caller can feed a watchdog or let other threads run in between. The
 * arena must not be touched until the last step.
 */
void ti_begin(struct ti_instance *self);
bool ti_advance(struct ti_instance *self);
enum ti_status ti_outcome(const struct ti_instance *self);

#endif
