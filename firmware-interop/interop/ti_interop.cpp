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

/* A method (handle, tensor, at, array, start, count); the array's elements are of `type`. */
HRESULT write(CLR_RT_StackFrame &stack, ti_type type)
{
    CLR_RT_HeapBlock_Array *const array = stack.Arg3().DereferenceArray();

    if (array == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    return result(stack,
                  ti_native_write(number(stack, 0), number(stack, 1), number(stack, 2), type, array->GetFirstElement(),
                                  static_cast<int32_t>(array->m_numOfElements), number(stack, 4), number(stack, 5)));
}

HRESULT read(CLR_RT_StackFrame &stack, ti_type type)
{
    CLR_RT_HeapBlock_Array *const array = stack.Arg3().DereferenceArray();

    if (array == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    return result(stack,
                  ti_native_read(number(stack, 0), number(stack, 1), number(stack, 2), type, array->GetFirstElement(),
                                 static_cast<int32_t>(array->m_numOfElements), number(stack, 4), number(stack, 5)));
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

METHOD(WriteS8___STATIC__I4__I4__I4__I4__SZARRAY_I1__I4__I4)
{
    return write(stack, TI_TYPE_S8);
}

METHOD(WriteU8___STATIC__I4__I4__I4__I4__SZARRAY_U1__I4__I4)
{
    return write(stack, TI_TYPE_U8);
}

METHOD(WriteS16___STATIC__I4__I4__I4__I4__SZARRAY_I2__I4__I4)
{
    return write(stack, TI_TYPE_S16);
}

METHOD(WriteS32___STATIC__I4__I4__I4__I4__SZARRAY_I4__I4__I4)
{
    return write(stack, TI_TYPE_S32);
}

METHOD(WriteF32___STATIC__I4__I4__I4__I4__SZARRAY_R4__I4__I4)
{
    return write(stack, TI_TYPE_F32);
}

METHOD(ReadS8___STATIC__I4__I4__I4__I4__SZARRAY_I1__I4__I4)
{
    return read(stack, TI_TYPE_S8);
}

METHOD(ReadU8___STATIC__I4__I4__I4__I4__SZARRAY_U1__I4__I4)
{
    return read(stack, TI_TYPE_U8);
}

METHOD(ReadS16___STATIC__I4__I4__I4__I4__SZARRAY_I2__I4__I4)
{
    return read(stack, TI_TYPE_S16);
}

METHOD(ReadS32___STATIC__I4__I4__I4__I4__SZARRAY_I4__I4__I4)
{
    return read(stack, TI_TYPE_S32);
}

METHOD(ReadF32___STATIC__I4__I4__I4__I4__SZARRAY_R4__I4__I4)
{
    return read(stack, TI_TYPE_F32);
}

METHOD(TopK___STATIC__I4__I4__I4__SZARRAY_I4__I4)
{
    CLR_RT_HeapBlock_Array *const indices = stack.Arg2().DereferenceArray();
    const int32_t count = number(stack, 3);

    if (indices == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    if (count < 0 || count > static_cast<int32_t>(indices->m_numOfElements))
    {
        return CLR_E_OUT_OF_RANGE;
    }
    return result(stack, ti_native_top_k(number(stack, 0), number(stack, 1),
                                         reinterpret_cast<int32_t *>(indices->GetFirstElement()), count));
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
