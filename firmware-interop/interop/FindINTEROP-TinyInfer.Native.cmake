# SPDX-License-Identifier: MIT
#
# Module of nf-interpreter: goes to CMake/Modules, the folder firmware-interop to InteropAssemblies/TinyInfer.Native.
# README.md beside it says what each option is for.

set(TINYINFER_ARENA_BYTES 65536 CACHE STRING "RAM for the tensors of all open models, in bytes")
set(TINYINFER_ARENA_SECTION "" CACHE STRING "linker section of that RAM, such as .ram0; empty: .bss")
set(TINYINFER_FAST_BYTES 0 CACHE STRING "tightly coupled RAM for models that are compiled for it, in bytes")
set(TINYINFER_FAST_SECTION "" CACHE STRING "linker section of that RAM, such as .ram3; empty: .bss")
set(TINYINFER_MODELS 4 CACHE STRING "models that can be open at once")
set(TINYINFER_OPTIMIZATION "-O2" CACHE STRING "how kernels are optimized: -O2, -O3 or -Os")
option(TINYINFER_CODE_SECTIONS "run the machine code that images carry for this core" ON)
set(TINYINFER_PORT ti_port_stm32.c CACHE STRING "source with the functions ti_port_*, in ports/ or anywhere")

set(tinyinfer_folder "${CMAKE_SOURCE_DIR}/InteropAssemblies/TinyInfer.Native")

file(GLOB tinyinfer_engine CONFIGURE_DEPENDS
    "${tinyinfer_folder}/runtime/*.c"
    "${tinyinfer_folder}/frontend/*.c"
    "${tinyinfer_folder}/kernels/*/*.c")
file(GLOB tinyinfer_boundary CONFIGURE_DEPENDS
    "${tinyinfer_folder}/interop/ti_native*.c"
    "${tinyinfer_folder}/interop/ti_interop*.cpp")
get_filename_component(tinyinfer_port "${TINYINFER_PORT}" ABSOLUTE BASE_DIR "${tinyinfer_folder}/ports")

set(TinyInfer.Native_INCLUDE_DIRS
    "${tinyinfer_folder}/include"
    "${tinyinfer_folder}/interop")
set(TinyInfer.Native_SOURCES ${tinyinfer_engine} ${tinyinfer_boundary} ${tinyinfer_port})

# Kernels keep their own optimization to the end: link-time optimization would apply that of the firmware. No fused
# multiply-add: results do not depend on the core.
set_property(SOURCE ${tinyinfer_engine} APPEND PROPERTY COMPILE_OPTIONS
    ${TINYINFER_OPTIMIZATION} -fno-lto -ffp-contract=off -ffunction-sections -fdata-sections)
set_property(SOURCE ${tinyinfer_boundary} ${tinyinfer_port} APPEND PROPERTY COMPILE_OPTIONS
    -ffp-contract=off)

if(NOT TINYINFER_CODE_SECTIONS)
    set_property(SOURCE ${tinyinfer_engine} APPEND PROPERTY COMPILE_DEFINITIONS TI_REFUSE_CODE)
endif()

set(tinyinfer_table "${tinyinfer_folder}/interop/ti_native_table.c")
set_property(SOURCE ${tinyinfer_table} APPEND PROPERTY COMPILE_DEFINITIONS
    TI_NATIVE_MODELS=${TINYINFER_MODELS}
    TI_NATIVE_ARENA_BYTES=${TINYINFER_ARENA_BYTES}
    TI_NATIVE_FAST_BYTES=${TINYINFER_FAST_BYTES})
if(TINYINFER_ARENA_SECTION)
    set_property(SOURCE ${tinyinfer_table} APPEND PROPERTY COMPILE_DEFINITIONS
        "TI_NATIVE_ARENA_SECTION=\"${TINYINFER_ARENA_SECTION}\"")
endif()
if(TINYINFER_FAST_SECTION)
    set_property(SOURCE ${tinyinfer_table} APPEND PROPERTY COMPILE_DEFINITIONS
        "TI_NATIVE_FAST_SECTION=\"${TINYINFER_FAST_SECTION}\"")
endif()

include(FindPackageHandleStandardArgs)
FIND_PACKAGE_HANDLE_STANDARD_ARGS(INTEROP-TinyInfer.Native DEFAULT_MSG TinyInfer.Native_INCLUDE_DIRS TinyInfer.Native_SOURCES)
