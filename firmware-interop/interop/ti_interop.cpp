/* SPDX-License-Identifier: MIT */
/*
 * The methods of managed/TinyInfer.Native/Native.cs: arguments from nanoCLR's stack frame to ti_native.h and the result
 * back. A pointer to an array's elements is good for this one call; only OpenBytes keeps one, and pins the array.
 */
#include "ti_interop.h"

extern "C"
{
#include "ti_native.h"
}

#define METHOD(name) HRESULT Library_TinyInfer_Native_TinyInfer_Native::name(CLR_RT_StackFrame &stack)

namespace
{

int32_t number(CLR_RT_StackFrame &stack, CLR_INT32 index)
{
    return stack.ArgN(index).NumericByRef().s4;
}

HRESULT result(CLR_RT_StackFrame &stack, int32_t value)
{
    stack.SetResult_I4(value);
    return S_OK;
}

/* A method (handle, array) whose native function fills an array of ints. */
HRESULT fill(CLR_RT_StackFrame &stack, int32_t (*function)(int32_t, int32_t *, int32_t))
{
    CLR_RT_HeapBlock_Array *const values = stack.Arg1().DereferenceArray();

    if (values == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    return result(stack, function(number(stack, 0), reinterpret_cast<int32_t *>(values->GetFirstElement()),
                                  static_cast<int32_t>(values->m_numOfElements)));
}

/* An array of numbers as ti_native.h takes it; a null reference is one of no type without elements. */
struct Elements
{
    int32_t type;
    int32_t length;
    void *first;
};

Elements elements(CLR_RT_StackFrame &stack, CLR_INT32 index)
{
    CLR_RT_HeapBlock_Array *const array = stack.ArgN(index).DereferenceArray();

    if (array == nullptr)
    {
        return {0, 0, nullptr};
    }
    const int32_t length = static_cast<int32_t>(array->m_numOfElements);
    switch (array->m_typeOfElement)
    {
        case DATATYPE_I1:
            return {TI_TYPE_S8, length, array->GetFirstElement()};
        case DATATYPE_U1:
            return {TI_TYPE_U8, length, array->GetFirstElement()};
        case DATATYPE_I2:
            return {TI_TYPE_S16, length, array->GetFirstElement()};
        case DATATYPE_I4:
            return {TI_TYPE_S32, length, array->GetFirstElement()};
        case DATATYPE_R4:
            return {TI_TYPE_F32, length, array->GetFirstElement()};
        default:
            return {0, 0, nullptr};
    }
}

} // namespace

METHOD(OpenBytes___STATIC__I4__SZARRAY_U1)
{
    CLR_RT_HeapBlock_Array *const image = stack.Arg0().DereferenceArray();

    if (image == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    const int32_t handle = ti_native_open(image->GetFirstElement(), image->m_numOfElements);
    if (handle > 0)
    {
        image->Pin();
    }
    return result(stack, handle);
}

METHOD(OpenFlash___STATIC__I4__I4)
{
    return result(stack, ti_native_open_flash(number(stack, 0)));
}

METHOD(Close___STATIC__I4__I4__SZARRAY_U1)
{
    CLR_RT_HeapBlock_Array *const image = stack.Arg1().DereferenceArray();
    const int32_t closed = ti_native_close(number(stack, 0));

    if (image != nullptr && !ti_native_is_open(image->GetFirstElement()))
    {
        image->Unpin();
    }
    return result(stack, closed);
}

METHOD(Refusal___STATIC__I4__SZARRAY_I4)
{
    CLR_RT_HeapBlock_Array *const values = stack.Arg0().DereferenceArray();

    if (values == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    return result(stack, ti_native_refusal(reinterpret_cast<int32_t *>(values->GetFirstElement()),
                                           static_cast<int32_t>(values->m_numOfElements)));
}

METHOD(Describe___STATIC__I4__I4__SZARRAY_I4)
{
    return fill(stack, ti_native_model);
}

METHOD(DescribeTensor___STATIC__I4__I4__I4__SZARRAY_I4)
{
    CLR_RT_HeapBlock_Array *const values = stack.Arg2().DereferenceArray();

    if (values == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    return result(stack, ti_native_tensor(number(stack, 0), number(stack, 1),
                                          reinterpret_cast<int32_t *>(values->GetFirstElement()),
                                          static_cast<int32_t>(values->m_numOfElements)));
}

METHOD(Text___STATIC__STRING__I4__I4__I4)
{
    return stack.SetResult_String(ti_native_text(number(stack, 0), number(stack, 1), number(stack, 2)));
}

METHOD(Write___STATIC__I4__I4__I4__SystemArray)
{
    const Elements array = elements(stack, 2);

    return result(stack, ti_native_write(number(stack, 0), number(stack, 1), array.type, array.first, array.length));
}

METHOD(WriteRange___STATIC__I4__I4__I4__I4__SystemArray__I4__I4)
{
    const Elements array = elements(stack, 3);

    return result(stack, ti_native_write_range(number(stack, 0), number(stack, 1), number(stack, 2), array.type,
                                               array.first, array.length, number(stack, 4), number(stack, 5)));
}

METHOD(Read___STATIC__I4__I4__I4__SystemArray)
{
    const Elements array = elements(stack, 2);

    return result(stack, ti_native_read(number(stack, 0), number(stack, 1), array.type, array.first, array.length));
}

METHOD(ReadRange___STATIC__I4__I4__I4__I4__SystemArray__I4__I4)
{
    const Elements array = elements(stack, 3);

    return result(stack, ti_native_read_range(number(stack, 0), number(stack, 1), number(stack, 2), array.type,
                                              array.first, array.length, number(stack, 4), number(stack, 5)));
}

METHOD(ArgMax___STATIC__I4__I4__I4)
{
    return result(stack, ti_native_arg_max(number(stack, 0), number(stack, 1)));
}

METHOD(TopK___STATIC__I4__I4__I4__SZARRAY_I4)
{
    const Elements indices = elements(stack, 2);

    return result(stack, ti_native_top_k(number(stack, 0), number(stack, 1), static_cast<int32_t *>(indices.first),
                                         indices.length));
}

METHOD(Run___STATIC__I4__I4)
{
    return result(stack, ti_native_run(number(stack, 0)));
}

METHOD(RunSlice___STATIC__I4__I4__I4)
{
    return result(stack, ti_native_run_slice(number(stack, 0), number(stack, 1)));
}

METHOD(Reset___STATIC__I4__I4)
{
    return result(stack, ti_native_reset(number(stack, 0)));
}

METHOD(Profile___STATIC__I4__I4__SZARRAY_I4)
{
    return fill(stack, ti_native_profile);
}

METHOD(SelfTest___STATIC__I4__I4__SZARRAY_I4)
{
    return fill(stack, ti_native_self_test);
}

METHOD(Features___STATIC__I4__SZARRAY_I4__SZARRAY_I2__I4__I4__SZARRAY_I1)
{
    const Elements state = elements(stack, 0);
    const Elements samples = elements(stack, 1);
    const Elements row = elements(stack, 4);

    return result(stack, ti_native_features(static_cast<int32_t *>(state.first), state.length,
                                            static_cast<const int16_t *>(samples.first), samples.length,
                                            number(stack, 2), number(stack, 3), static_cast<int8_t *>(row.first),
                                            row.length));
}
