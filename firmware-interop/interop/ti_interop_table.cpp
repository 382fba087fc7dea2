/* SPDX-License-Identifier: MIT */
#include "ti_interop.h"

#define TI_NATIVE_METHOD(name) Library_TinyInfer_Native_TinyInfer_Native::name,
static const CLR_RT_MethodHandler method_lookup[] = {
#include "native_methods.def"
};
#undef TI_NATIVE_METHOD

/* nf-interpreter's build reads checksum and version out of this text for its list of native assemblies. */
const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_TinyInfer_Native = {
    "TinyInfer.Native", 0x7330F2B7, method_lookup, {100, 0, 0, 1}};

static_assert(0x7330F2B7 == TI_NATIVE_CHECKSUM, "the checksum above is not that of native_methods.def");
