/* SPDX-License-Identifier: MIT */
#include "ti_interop.h"

extern "C"
{
#include "ti_native.h"
}

/*
 * The metadata processor sorts the resources of all files of an assembly into one table, but gives every file after the
 * first a wrong range of it (MDP 3.0); so the whole table is searched. Ids are unique in an assembly. The last record
 * is no resource: it ends the data of the one before.
 */
static const CLR_RECORD_RESOURCE *find(CLR_RT_Assembly &assembly, CLR_INT16 id, CLR_UINT32 &size)
{
    for (int i = 0; i + 1 < assembly.m_pTablesSize[TBL_Resources]; i++)
    {
        const CLR_RECORD_RESOURCE *const resource = assembly.GetResource(static_cast<CLR_IDX>(i));

        if (resource->id == id && resource->kind == CLR_RECORD_RESOURCE::RESOURCE_Binary)
        {
            const CLR_UINT32 padding = resource[1].flags & CLR_RECORD_RESOURCE::FLAGS_PaddingMask;

            size = resource[1].offset - resource->offset - padding;
            return resource;
        }
    }
    return nullptr;
}

/*
 * Opens a binary resource where it lies in the assembly's PE image: in flash when it was deployed, without a copy. An
 * assembly that an application has loaded from a byte[] lies on the managed heap, and is pinned for good: nanoCLR never
 * unloads assemblies.
 */
HRESULT Library_TinyInfer_Native_TinyInfer_Native::OpenResource___STATIC__I4__SystemReflectionAssembly__STRING__I4(
    CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *const assembly = stack.Arg0().Dereference();
    const char *const name = stack.Arg1().RecoverString();
    CLR_RT_Assembly_Instance instance{};
    CLR_INT32 file = -1;
    const CLR_RECORD_RESOURCE *resource = nullptr;
    CLR_UINT32 size = 0;

    if (assembly == nullptr || name == nullptr)
    {
        return CLR_E_NULL_REFERENCE;
    }
    const HRESULT found = Library_corlib_native_System_Reflection_Assembly::GetTypeDescriptor(*assembly, instance);
    if (FAILED(found))
    {
        return found;
    }

    g_CLR_RT_TypeSystem.LocateResourceFile(instance, name, file);
    if (file >= 0)
    {
        resource = find(*instance.m_assm, static_cast<CLR_INT16>(stack.Arg2().NumericByRef().s4), size);
    }
    if (resource == nullptr)
    {
        stack.SetResult_I4(-TI_NO_RESOURCE);
        return S_OK;
    }

    if (instance.m_assm->m_pFile != nullptr)
    {
        instance.m_assm->m_pFile->Pin();
    }
    stack.SetResult_I4(ti_native_open(instance.m_assm->GetResourceData(resource->offset), size));
    return S_OK;
}
