/* SPDX-License-Identifier: MIT */
#ifndef TI_NATIVE_H
#define TI_NATIVE_H

/*
 * What managed code calls: models by handle, tensors by number, ints and arrays only. Every function checks everything
 * it is given, because the caller is an application. The glue around it (nanoCLR's stack frames, the C exports of the
 * .NET twin) only unpacks arguments, one function here for one method of managed/TinyInfer.Native/Native.cs.
 *
 * Results: 0 or more is good, less than 0 is minus an enum ti_status.
 *
 * Calls are not reentrant: nanoCLR runs one native call at a time. The table of open models and their memory are the
 * only variables of the device code (ti_native_table.c); a firmware chooses their size when it is built:
 *
 * TI_NATIVE_MODELS         models open at once, 1..127; default 4
 * TI_NATIVE_ARENA_BYTES    memory that all open models share; default 65536
 * TI_NATIVE_ARENA_SECTION  name of its linker section; default: .bss
 * TI_NATIVE_FAST_BYTES     tightly coupled memory for images that were planned for it; default 0: from the arena
 * TI_NATIVE_FAST_SECTION   name of its linker section
 */

#include "tinyinfer.h"

/* What the platform provides. */

/* A counter that wraps, and how often it steps in a microsecond (at least 1). */
uint32_t ti_port_cycles(void);
uint32_t ti_port_cycles_per_microsecond(void);

/* Where code sees flash address `address`, and how many bytes follow it; NULL outside memory-mapped flash. */
const void *ti_port_flash(uint32_t address, uint32_t *available);

/* Whether the processor can fetch instructions from RAM at `address`, and gains by it; if not, all code runs in flash.
 */
bool ti_port_runs_code(const void *address);

/* Opens the image in place; it must stay where it is until ti_native_close. Returns a handle, more than 0. */
int32_t ti_native_open(const void *image, uint32_t length);
int32_t ti_native_open_flash(int32_t address);

/* What the last refused ti_native_open found: values[0] step or tensor, [1] bytes needed, [2] bytes free. */
int32_t ti_native_refusal(int32_t *values, int32_t count);

/* Gives the memory of the model back; the handle is invalid from then on. An invalid handle is ignored. */
int32_t ti_native_close(int32_t handle);

/* Whether a model is open whose image begins at `image`: its memory must stay where it is. */
bool ti_native_is_open(const void *image);

enum
{
    TI_NATIVE_MODEL_INPUTS = 0,
    TI_NATIVE_MODEL_OUTPUTS = 1,
    TI_NATIVE_MODEL_STEPS = 2,
    TI_NATIVE_MODEL_METADATA = 3, /* pairs */
    TI_NATIVE_MODEL_GOLDEN = 4,   /* cases */
    TI_NATIVE_MODEL_IMAGE_BYTES = 5,
    TI_NATIVE_MODEL_ARENA_BYTES = 6, /* arena, fast region and copied code */
    TI_NATIVE_MODEL_STATE_BYTES = 7,
    TI_NATIVE_MODEL_VALUES = 8
};

/* Fills values[TI_NATIVE_MODEL_VALUES]. */
int32_t ti_native_model(int32_t handle, int32_t *values, int32_t count);

enum
{
    TI_NATIVE_TENSOR_TYPE = 0, /* enum ti_type                     */
    TI_NATIVE_TENSOR_RANK = 1,
    TI_NATIVE_TENSOR_SCALE = 2, /* the bits of the float            */
    TI_NATIVE_TENSOR_ZERO_POINT = 3,
    TI_NATIVE_TENSOR_DIMS = 4, /* TI_MAX_RANK of them, outermost first */
    TI_NATIVE_TENSOR_VALUES = TI_NATIVE_TENSOR_DIMS + TI_MAX_RANK
};

/* Fills values[TI_NATIVE_TENSOR_VALUES]. Tensors are numbered through: the inputs, then the outputs. */
int32_t ti_native_tensor(int32_t handle, int32_t tensor, int32_t *values, int32_t count);

enum ti_native_text_kind
{
    TI_NATIVE_TEXT_MODEL = 0,  /* index 0        */
    TI_NATIVE_TEXT_TENSOR = 1, /* index: tensor  */
    TI_NATIVE_TEXT_STEP = 2,   /* index: step    */
    TI_NATIVE_TEXT_KEY = 3,    /* index: pair    */
    TI_NATIVE_TEXT_VALUE = 4
};

/* A zero-terminated UTF-8 string inside the image; "" where there is none. */
const char *ti_native_text(int32_t handle, int32_t kind, int32_t index);

/*
 * Copies `count` elements between `array`, from element `start`, and a tensor, from element `at`. `type` (enum ti_type
 * S8, U8, S16, S32 or F32) and `length` describe the array. An array of floats fits every quantized tensor: values are
 * quantized (round(x / scale) + zero point, halves away from zero, saturated) and dequantized on the way. Otherwise the
 * types must be equal, except that an S32 array fits S64 tensors (reading keeps the low 32 bits) and U8 fits BOOL.
 * Only inputs can be written.
 */
int32_t ti_native_write_range(int32_t handle, int32_t tensor, int32_t at, int32_t type, const void *array,
                              int32_t length, int32_t start, int32_t count);
int32_t ti_native_read_range(int32_t handle, int32_t tensor, int32_t at, int32_t type, void *array, int32_t length,
                             int32_t start, int32_t count);

/* The same for all elements: `length` must be the tensor's. */
int32_t ti_native_write(int32_t handle, int32_t tensor, int32_t type, const void *array, int32_t length);
int32_t ti_native_read(int32_t handle, int32_t tensor, int32_t type, void *array, int32_t length);

/*
 * Fills indices[0..count-1] with the elements of greatest value, descending; equal ones in the tensor's order. Returns
 * how many there are: fewer than `count` when the tensor is smaller. Not for S64 and BOOL.
 */
int32_t ti_native_top_k(int32_t handle, int32_t tensor, int32_t *indices, int32_t count);

/* The first of them; -1 (of no status that this function returns) when the tensor is empty. */
int32_t ti_native_arg_max(int32_t handle, int32_t tensor);

int32_t ti_native_run(int32_t handle);

/*
 * Begins or continues a run; stops after the first step that ends at least `microseconds` after the call. Returns 1
 * while steps remain, 0 after the last one. In between only ti_native_run_slice, ti_native_reset and ti_native_close
 * touch the model's memory; the others return -TI_BUSY.
 */
int32_t ti_native_run_slice(int32_t handle, int32_t microseconds);

/* Sets state to its initial values and abandons a run in slices. */
int32_t ti_native_reset(int32_t handle);

/* One run; cycles[i] is the duration of step i for the first `count` steps. Returns cycles in a microsecond. */
int32_t ti_native_profile(int32_t handle, int32_t *cycles, int32_t count);

/*
 * Runs every golden case of the image from reset state and compares all outputs. Returns how many agreed, or
 * -TI_SELF_TEST_FAILED with where[0] case, where[1] tensor, where[2] byte of the first difference. Resets the model.
 */
int32_t ti_native_self_test(int32_t handle, int32_t *where, int32_t count);

/*
 * The front end of ../frontend/ti_frontend.h: takes samples[start..start+count-1] until a row is complete. Returns
 * twice the number of samples taken, and 1 more when `row` was written. `state` holds what is between rows: `words` of
 * them, TI_NATIVE_FEATURE_WORDS at least, zeros to begin with.
 */
enum
{
    TI_NATIVE_FEATURE_WORDS = 753
};
int32_t ti_native_features(int32_t *state, int32_t words, const int16_t *samples, int32_t length, int32_t start,
                           int32_t count, int8_t *row, int32_t room);

#endif
