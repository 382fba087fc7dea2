/* SPDX-License-Identifier: MIT */
#ifndef NANOCLR_RUNTIME_H
#define NANOCLR_RUNTIME_H

/*
 * A stand-in for nanoCLR: what interop/ti_interop*.cpp uses of it, with the same names and types, so that the glue is
 * compiled and run where nf-interpreter is not. A heap block holds a number or points to an object.
 */

#include <stdint.h>

typedef int32_t HRESULT;
typedef int16_t CLR_INT16;
typedef int32_t CLR_INT32;
typedef uint8_t CLR_UINT8;
typedef uint32_t CLR_UINT32;
typedef uint16_t CLR_IDX;
typedef const CLR_UINT8 *CLR_PMETADATA;

#define S_OK 0
#define CLR_E_NULL_REFERENCE ((HRESULT)0xA1000000)
#define CLR_E_OUT_OF_RANGE ((HRESULT)0xAD000000)
#define FAILED(hr) ((HRESULT)(hr) < 0)

struct CLR_RT_HeapBlock_Array;

struct CLR_RT_HeapBlock
{
    struct Numeric
    {
        CLR_INT32 s4;
    };

    Numeric number;
    void *object;
    bool pinned;

    Numeric &NumericByRef()
    {
        return number;
    }
    CLR_RT_HeapBlock *Dereference() const
    {
        return static_cast<CLR_RT_HeapBlock *>(object);
    }
    CLR_RT_HeapBlock_Array *DereferenceArray() const
    {
        return static_cast<CLR_RT_HeapBlock_Array *>(object);
    }
    const char *RecoverString() const
    {
        return static_cast<const char *>(object);
    }
    void Pin()
    {
        pinned = true;
    }
    void Unpin()
    {
        pinned = false;
    }
};

enum CLR_DataType
{
    DATATYPE_BOOLEAN = 1,
    DATATYPE_I1,
    DATATYPE_U1,
    DATATYPE_I2,
    DATATYPE_I4,
    DATATYPE_R4
};

struct CLR_RT_HeapBlock_Array : CLR_RT_HeapBlock
{
    CLR_UINT32 m_numOfElements;
    CLR_UINT8 m_typeOfElement;
    CLR_UINT8 *elements;

    CLR_UINT8 *GetFirstElement()
    {
        return elements;
    }
};

struct CLR_RT_StackFrame
{
    CLR_RT_HeapBlock arguments[8];
    CLR_INT32 number;
    const char *text;

    CLR_RT_HeapBlock &ArgN(CLR_INT32 index)
    {
        return arguments[index];
    }
    CLR_RT_HeapBlock &Arg0()
    {
        return arguments[0];
    }
    CLR_RT_HeapBlock &Arg1()
    {
        return arguments[1];
    }
    CLR_RT_HeapBlock &Arg2()
    {
        return arguments[2];
    }
    CLR_RT_HeapBlock &Arg3()
    {
        return arguments[3];
    }
    void SetResult_I4(CLR_INT32 value);
    HRESULT SetResult_String(const char *value);
};

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

struct CLR_RT_NativeAssemblyData
{
    const char *m_szAssemblyName;
    CLR_UINT32 m_checkSum;
    const CLR_RT_MethodHandler *m_pNativeMethods;
    uint16_t m_Version[4];
};

enum CLR_TABLESENUM
{
    TBL_Resources = 11,
    TBL_Max = 16
};

struct CLR_RECORD_RESOURCE
{
    static const CLR_UINT8 RESOURCE_Binary = 4;
    static const CLR_UINT8 FLAGS_PaddingMask = 3;

    CLR_INT16 id;
    CLR_UINT8 kind;
    CLR_UINT8 flags;
    CLR_UINT32 offset;
};

struct CLR_RT_Assembly
{
    CLR_RT_HeapBlock_Array *m_pFile;
    int m_pTablesSize[TBL_Max];

    const CLR_RECORD_RESOURCE *GetResource(CLR_IDX index);
    CLR_PMETADATA GetResourceData(CLR_UINT32 offset);
};

struct CLR_RT_Assembly_Instance
{
    CLR_RT_Assembly *m_assm;
};

struct CLR_RT_TypeSystem
{
    HRESULT LocateResourceFile(CLR_RT_Assembly_Instance assembly, const char *name, CLR_INT32 &file);
};

extern CLR_RT_TypeSystem g_CLR_RT_TypeSystem;

#endif
