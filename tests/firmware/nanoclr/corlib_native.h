/* SPDX-License-Identifier: MIT */
#ifndef CORLIB_NATIVE_H
#define CORLIB_NATIVE_H

#include <nanoCLR_Runtime.h>

struct Library_corlib_native_System_Reflection_Assembly
{
    static HRESULT GetTypeDescriptor(CLR_RT_HeapBlock &object, CLR_RT_Assembly_Instance &assembly);
};

#endif
