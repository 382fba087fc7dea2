/* SPDX-License-Identifier: MIT */
#ifndef TI_INTEROP_H
#define TI_INTEROP_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>
#include <nanoPackStruct.h>

#include <corlib_native.h>

/* TinyInfer.Native of assembly TinyInfer.Native, named as the metadata processor names the methods of a class. */
struct Library_TinyInfer_Native_TinyInfer_Native
{
#define TI_NATIVE_METHOD(name) NANOCLR_NATIVE_DECLARE(name);
#include "native_methods.def"
#undef TI_NATIVE_METHOD
};

extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_TinyInfer_Native;

#endif
