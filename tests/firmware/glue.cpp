/* SPDX-License-Identifier: MIT */
/*
 * Calls every method of the glue as nanoCLR would, by its place in the method table, and compares with direct calls of
 * ti_native.h. The argument is an image with one int8 input, one int8 output and one golden case. Prints the checks
 * that fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../firmware-interop/interop/ti_interop.h"

extern "C"
{
#include "../../firmware-interop/interop/ti_native.h"
}

enum method
{
#define TI_NATIVE_METHOD(name) METHOD_##name,
#include "../../firmware-interop/interop/native_methods.def"
#undef TI_NATIVE_METHOD
    METHOD_COUNT
};

static int failures;

#define CHECK(condition)                                                                                               \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            printf("line %d: %s\n", __LINE__, #condition);                                                             \
            failures++;                                                                                                \
        }                                                                                                              \
    } while (false)

/* The one assembly, with file "App.Models.nanoresources": the image is resource 7, 64 bytes into the data. */
static const CLR_UINT8 STRING = CLR_RECORD_RESOURCE::RESOURCE_Binary - 1;
static CLR_RECORD_RESOURCE resources[] = {
    {-5, STRING, 0, 0}, {7, CLR_RECORD_RESOURCE::RESOURCE_Binary, 0, 64}, {8, STRING, 0, 0}, {0x7FFF, 0, 0, 0}};
static CLR_RECORD_RESOURCE &resource = resources[1];
static CLR_UINT8 *resource_data;
static CLR_RT_Assembly assembly;
CLR_RT_TypeSystem g_CLR_RT_TypeSystem;

const CLR_RECORD_RESOURCE *CLR_RT_Assembly::GetResource(CLR_IDX index)
{
    return &resources[index];
}

CLR_PMETADATA CLR_RT_Assembly::GetResourceData(CLR_UINT32 offset)
{
    return resource_data + offset;
}

HRESULT CLR_RT_TypeSystem::LocateResourceFile(CLR_RT_Assembly_Instance, const char *name, CLR_INT32 &file)
{
    file = strcmp(name, "App.Models.nanoresources") == 0 ? 3 : -1;
    return S_OK;
}

HRESULT Library_corlib_native_System_Reflection_Assembly::GetTypeDescriptor(CLR_RT_HeapBlock &,
                                                                            CLR_RT_Assembly_Instance &instance)
{
    instance.m_assm = &assembly;
    return S_OK;
}

void CLR_RT_StackFrame::SetResult_I4(CLR_INT32 value)
{
    number = value;
}

HRESULT CLR_RT_StackFrame::SetResult_String(const char *value)
{
    text = value;
    return S_OK;
}

/* A managed array over memory of the test. */
static CLR_RT_HeapBlock_Array array(void *elements, size_t count, CLR_DataType type = DATATYPE_I4)
{
    CLR_RT_HeapBlock_Array made = {};
    made.elements = static_cast<CLR_UINT8 *>(elements);
    made.m_numOfElements = static_cast<CLR_UINT32>(count);
    made.m_typeOfElement = static_cast<CLR_UINT8>(type);
    return made;
}

struct argument
{
    CLR_RT_HeapBlock block = {};

    argument(int32_t number)
    {
        block.number.s4 = number;
    }
    argument(void *object)
    {
        block.object = object;
    }
};

static CLR_RT_StackFrame frame;

/* Returns the HRESULT; the method's own result is in `frame`. */
template <typename... Arguments> static HRESULT call(method method, Arguments... arguments)
{
    const argument all[] = {arguments...};
    frame = {};
    frame.number = 12345;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    {
        frame.arguments[i] = all[i].block;
    }
    return g_CLR_AssemblyNative_TinyInfer_Native.m_pNativeMethods[method](frame);
}

template <typename... Arguments> static int32_t number(method method, Arguments... arguments)
{
    CHECK(call(method, arguments...) == S_OK);
    return frame.number;
}

#define NUMBER(name, ...) number(METHOD_##name, __VA_ARGS__)
#define THROWS(error, name, ...) CHECK(call(METHOD_##name, __VA_ARGS__) == (error))

static void refuses_null(void)
{
    void *const null = nullptr;

    THROWS(CLR_E_NULL_REFERENCE, OpenBytes___STATIC__I4__SZARRAY_U1, null);
    THROWS(CLR_E_NULL_REFERENCE, OpenResource___STATIC__I4__SystemReflectionAssembly__STRING__I4, null, null, 7);
    THROWS(CLR_E_NULL_REFERENCE, Refusal___STATIC__I4__SZARRAY_I4, null);
    THROWS(CLR_E_NULL_REFERENCE, Describe___STATIC__I4__I4__SZARRAY_I4, 1, null);
    THROWS(CLR_E_NULL_REFERENCE, DescribeTensor___STATIC__I4__I4__I4__SZARRAY_I4, 1, 0, null);
    THROWS(CLR_E_NULL_REFERENCE, Profile___STATIC__I4__I4__SZARRAY_I4, 1, null);
    THROWS(CLR_E_NULL_REFERENCE, SelfTest___STATIC__I4__I4__SZARRAY_I4, 1, null);
}

static void opens_and_pins(CLR_RT_HeapBlock_Array &image)
{
    int32_t why[3] = {9, 9, 9};
    CLR_RT_HeapBlock_Array values = array(why, 3);
    CLR_RT_HeapBlock_Array empty = array(why, 0);

    CHECK(NUMBER(OpenBytes___STATIC__I4__SZARRAY_U1, &empty) == -TI_TRUNCATED || frame.number == -TI_NOT_AN_IMAGE);
    CHECK(!empty.pinned);
    CHECK(NUMBER(Refusal___STATIC__I4__SZARRAY_I4, &values) == 3 && why[1] == 0);
    CHECK(NUMBER(OpenFlash___STATIC__I4__I4, 4) == -TI_OUTSIDE_FLASH);

    const int32_t first = NUMBER(OpenBytes___STATIC__I4__SZARRAY_U1, &image);
    const int32_t second = NUMBER(OpenBytes___STATIC__I4__SZARRAY_U1, &image);
    CHECK(first > 0 && second > 0 && first != second && image.pinned);
    CHECK(NUMBER(Close___STATIC__I4__I4__SZARRAY_U1, first, &image) == 0 && image.pinned);
    CHECK(NUMBER(Close___STATIC__I4__I4__SZARRAY_U1, second, &image) == 0 && !image.pinned);
}

static void finds_resources(void)
{
    CLR_RT_HeapBlock reflected = {};
    CLR_RT_HeapBlock_Array loaded = array(resource_data, 1);
    void *const name = const_cast<char *>("App.Models.nanoresources");
    void *const other = const_cast<char *>("App.Other.nanoresources");
    const method open = METHOD_OpenResource___STATIC__I4__SystemReflectionAssembly__STRING__I4;

    CHECK(number(open, &reflected, other, 7) == -TI_NO_RESOURCE);
    CHECK(number(open, &reflected, name, 8) == -TI_NO_RESOURCE);
    CHECK(number(open, &reflected, name, 9) == -TI_NO_RESOURCE);
    CHECK(number(open, &reflected, name, 0x7FFF) == -TI_NO_RESOURCE);

    const int32_t flash = number(open, &reflected, name, 7);
    CHECK(flash > 0 && ti_native_is_open(resource_data + resource.offset));
    ti_native_close(flash);

    assembly.m_pFile = &loaded;
    const int32_t heap = number(open, &reflected, name, 7);
    CHECK(heap > 0 && loaded.pinned);
    ti_native_close(heap);

    resources[2].flags = 3;
    CHECK(number(open, &reflected, name, 7) == -TI_TRUNCATED);
    assembly.m_pTablesSize[TBL_Resources] = 0;
    CHECK(number(open, &reflected, name, 7) == -TI_NO_RESOURCE);
}

/* Each method against the function of ti_native.h with the same arguments. */
static void passes_arguments_on(int32_t handle)
{
    int32_t model[TI_NATIVE_MODEL_VALUES];
    int32_t expected[16] = {};
    int32_t ints[16] = {};
    float floats[4] = {0.5F, -1.0F, 2.0F, 0.25F};
    float back[4] = {};
    int8_t bytes[4] = {};
    CLR_RT_HeapBlock_Array some = array(ints, 16);
    CLR_RT_HeapBlock_Array reals = array(floats, 4, DATATYPE_R4);
    CLR_RT_HeapBlock_Array read = array(back, 4, DATATYPE_R4);
    CLR_RT_HeapBlock_Array narrow = array(bytes, 4, DATATYPE_I1);
    void *const null = nullptr;

    CHECK(NUMBER(Describe___STATIC__I4__I4__SZARRAY_I4, handle, &some) == ti_native_model(handle, model, 8));
    CHECK(memcmp(ints, model, sizeof model) == 0);
    const int32_t output = model[TI_NATIVE_MODEL_INPUTS];
    CHECK(NUMBER(DescribeTensor___STATIC__I4__I4__I4__SZARRAY_I4, handle, output, &some) ==
          ti_native_tensor(handle, output, expected, 16));
    CHECK(memcmp(ints, expected, TI_NATIVE_TENSOR_VALUES * sizeof *ints) == 0);

    CHECK(call(METHOD_Text___STATIC__STRING__I4__I4__I4, handle, static_cast<int32_t>(TI_NATIVE_TEXT_TENSOR), output) ==
          S_OK);
    CHECK(frame.text == ti_native_text(handle, TI_NATIVE_TEXT_TENSOR, output));

    const method write = METHOD_WriteRange___STATIC__I4__I4__I4__I4__SystemArray__I4__I4;
    const method read_range = METHOD_ReadRange___STATIC__I4__I4__I4__I4__SystemArray__I4__I4;
    CHECK(number(write, handle, 0, 1, &reals, 1, 3) == 0);
    CHECK(number(read_range, handle, 0, 1, &read, 0, 3) == 0);
    CHECK(back[0] < -0.9F && back[1] > 1.8F && back[3] == 0.0F);
    CHECK(number(read_range, handle, 0, 1, &narrow, 0, 3) ==
          ti_native_read_range(handle, 0, 1, TI_TYPE_S8, expected, 4, 0, 3));
    CHECK(memcmp(bytes, expected, 3) == 0);
    CHECK(number(write, handle, 0, 0, &narrow, 1, 9) == -TI_WRONG_SIZE);

    /* The model has none of the other element types; null has no type. */
    static const CLR_DataType none[] = {DATATYPE_U1, DATATYPE_I2, DATATYPE_I4, DATATYPE_BOOLEAN};
    for (const CLR_DataType type : none)
    {
        CLR_RT_HeapBlock_Array other = array(ints, 16, type);
        CHECK(number(write, handle, 0, 0, &other, 0, 1) == -TI_WRONG_TYPE);
        CHECK(number(read_range, handle, 0, 0, &other, 0, 1) == -TI_WRONG_TYPE);
    }
    CHECK(number(write, handle, 0, 0, null, 0, 0) == -TI_WRONG_TYPE);

    static int8_t all[384];
    static int8_t same[384];
    CLR_RT_HeapBlock_Array whole = array(all, 384, DATATYPE_I1);
    CLR_RT_HeapBlock_Array copy = array(same, 384, DATATYPE_I1);
    all[383] = 7;
    CHECK(NUMBER(Write___STATIC__I4__I4__I4__SystemArray, handle, 0, &whole) == 0);
    CHECK(NUMBER(Read___STATIC__I4__I4__I4__SystemArray, handle, 0, &copy) == 0);
    CHECK(memcmp(all, same, sizeof all) == 0);
    CHECK(NUMBER(Write___STATIC__I4__I4__I4__SystemArray, handle, 0, &narrow) == -TI_WRONG_SIZE);
    CHECK(NUMBER(Read___STATIC__I4__I4__I4__SystemArray, handle, 0, &narrow) == -TI_WRONG_SIZE);
    CHECK(NUMBER(Write___STATIC__I4__I4__I4__SystemArray, handle, output, &narrow) < 0);
    CHECK(NUMBER(Write___STATIC__I4__I4__I4__SystemArray, handle, 0, null) == -TI_WRONG_TYPE);

    CHECK(NUMBER(Run___STATIC__I4__I4, handle) == 0);
    const int32_t best = ti_native_top_k(handle, output, expected, 2);
    CLR_RT_HeapBlock_Array two = array(ints, 2);
    CHECK(NUMBER(TopK___STATIC__I4__I4__I4__SZARRAY_I4, handle, output, &two) == best);
    CHECK(memcmp(ints, expected, 2 * sizeof *ints) == 0);
    CHECK(NUMBER(TopK___STATIC__I4__I4__I4__SZARRAY_I4, handle, output, null) == 0);
    CHECK(NUMBER(ArgMax___STATIC__I4__I4__I4, handle, output) == expected[0]);

    CHECK(NUMBER(RunSlice___STATIC__I4__I4__I4, handle, 0) == 1);
    CHECK(NUMBER(Run___STATIC__I4__I4, handle) == -TI_BUSY);
    CHECK(NUMBER(Reset___STATIC__I4__I4, handle) == 0);
    ints[0] = -1;
    CHECK(NUMBER(Profile___STATIC__I4__I4__SZARRAY_I4, handle, &some) == 1000 && ints[0] >= 0);
    CHECK(NUMBER(SelfTest___STATIC__I4__I4__SZARRAY_I4, handle, &some) == 1);
}

static void hears(void)
{
    static int32_t state[TI_NATIVE_FEATURE_WORDS];
    static int32_t direct[TI_NATIVE_FEATURE_WORDS];
    static int16_t sound[1000];
    int8_t row[20] = {};
    int8_t expected[20] = {};
    CLR_RT_HeapBlock_Array words = array(state, TI_NATIVE_FEATURE_WORDS);
    CLR_RT_HeapBlock_Array samples = array(sound, 1000, DATATYPE_I2);
    CLR_RT_HeapBlock_Array features = array(row, 20, DATATYPE_I1);
    CLR_RT_HeapBlock_Array few = array(row, 19, DATATYPE_I1);
    CLR_RT_HeapBlock_Array small = array(state, TI_NATIVE_FEATURE_WORDS - 1);
    void *const null = nullptr;
    const method push = METHOD_Features___STATIC__I4__SZARRAY_I4__SZARRAY_I2__I4__I4__SZARRAY_I1;

    for (int i = 0; i < 1000; i++)
    {
        sound[i] = static_cast<int16_t>(i * 7919);
    }
    CHECK(number(push, &words, &samples, 3, 400, &features) == 800);
    CHECK(number(push, &words, &samples, 403, 200, &features) == 2 * 80 + 1);
    CHECK(ti_native_features(direct, TI_NATIVE_FEATURE_WORDS, sound, 1000, 3, 900, expected, 20) == 2 * 480 + 1);
    CHECK(memcmp(row, expected, sizeof row) == 0 && row[3] != 0);

    CHECK(number(push, &words, &samples, 990, 11, &features) == -TI_WRONG_SIZE);
    CHECK(number(push, &words, &samples, -1, 1, &features) == -TI_WRONG_SIZE);
    CHECK(number(push, &words, &samples, 0, 1, &few) == -TI_WRONG_SIZE);
    CHECK(number(push, &small, &samples, 0, 1, &features) == -TI_WRONG_SIZE);
    CHECK(number(push, null, &samples, 0, 1, &features) == -TI_WRONG_SIZE);
    CHECK(number(push, &words, null, 0, 0, &features) == -TI_WRONG_SIZE);
    CHECK(number(push, &words, &samples, 0, 1, null) == -TI_WRONG_SIZE);
    state[TI_NATIVE_FEATURE_WORDS - 1] = 480;
    CHECK(number(push, &words, &samples, 0, 1, &features) == -TI_WRONG_SIZE);
}

int main(int, char **arguments)
{
    FILE *const file = fopen(arguments[1], "rb");
    if (file == nullptr)
    {
        return 2;
    }
    resource_data = static_cast<CLR_UINT8 *>(calloc(1, 1 << 20));
    const size_t size = fread(resource_data + resource.offset, 1, (1 << 20) - resource.offset, file);
    fclose(file);
    resources[2].offset = resource.offset + static_cast<CLR_UINT32>(size);
    assembly.m_pTablesSize[TBL_Resources] = sizeof resources / sizeof *resources;
    CLR_RT_HeapBlock_Array image = array(resource_data + resource.offset, size);

    refuses_null();
    opens_and_pins(image);
    passes_arguments_on(NUMBER(OpenBytes___STATIC__I4__SZARRAY_U1, &image));
    finds_resources();
    hears();
    free(resource_data);
    return failures == 0 ? 0 : 1;
}
