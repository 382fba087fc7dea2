@ SPDX-License-Identifier: MIT
@ Small pieces of code and the cycles one repetition takes, from zero-wait-state memory: the M4's and the M7's figure with
@ their sources.
@   trm       Cortex-M4 Technical Reference Manual, instruction, load/store and FPU timing: N loads N + 1, multiples 1 + N
@   jnk0le    jnk0le/random, cortex_m3m4.md (measured on STM32F407) and cortex_m7.md (measured on STM32H743)
@   slothy    slothy, cortex_m7.py
@   derived   worked out by hand from the rules of those sources
@   constant  operands decide on hardware (TRM: 2 to 12), the model takes this
@   none      nothing published, hence `any`
.syntax unified
.thumb
.text
.include "measure.inc"

.section .rodata.cases, "a"
.global cases
cases:
.text

@      name                                        M4  source       M7  source    code
@ multiplication and SIMD
kernel "smlad, accumulator chain",                  1, trm,         1, jnk0le,   "smlad r0, r1, r2, r0"
kernel "smlabb, accumulator chain",                 1, trm,         1, jnk0le,   "smlabb r0, r1, r2, r0"
kernel "smlatt, accumulator chain",                 1, trm,         1, jnk0le,   "smlatt r0, r1, r2, r0"
kernel "smlald, accumulator chain",                 1, trm,         1, jnk0le,   "smlald r0, r3, r1, r2"
kernel "smlad, two accumulators",                   2, trm,         2, jnk0le,   "smlad r0, r1, r2, r0; smlad r3, r1, r2, r3"
kernel "mla, accumulator chain",                    1, trm,         1, jnk0le,   "mla r0, r1, r2, r0"
kernel "mul",                                       1, trm,         1, jnk0le,   "mul r0, r1, r2"
kernel "mul, add of its result",                    2, trm,         3, derived,  "mul r0, r1, r2; add.w r1, r0, r3"
kernel "smull",                                     1, trm,         1, jnk0le,   "smull r0, r3, r1, r2"
kernel "umull",                                     1, trm,         1, jnk0le,   "umull r0, r3, r1, r2"
kernel "umlal",                                     1, trm,         1, jnk0le,   "umlal r0, r3, r1, r2"
kernel "umaal",                                     1, trm,         1, jnk0le,   "umaal r0, r3, r1, r2"
kernel "usada8",                                    1, trm,         1, jnk0le,   "usada8 r0, r1, r2, r0"
kernel "usad8",                                     1, trm,         1, jnk0le,   "usad8 r0, r1, r2"
kernel "smmul",                                     1, trm,         1, jnk0le,   "smmul r0, r1, r2"
kernel "smmla, accumulator chain",                  1, trm,         1, jnk0le,   "smmla r0, r1, r2, r0"
kernel "sxtb16",                                    1, trm,         1, jnk0le,   "sxtb16 r0, r1"
kernel "sxtb16, rotated",                           1, trm,         1, jnk0le,   "sxtb16 r0, r1, ror #8"
kernel "sxtab16, rotated",                          1, trm,         1, jnk0le,   "sxtab16 r0, r1, r2, ror #8"
kernel "pkhbt",                                     1, trm,         1, jnk0le,   "pkhbt r0, r1, r2, lsl #16"
kernel "pkhtb",                                     1, trm,         1, jnk0le,   "pkhtb r0, r1, r2, asr #16"
kernel "ssat",                                      1, trm,         1, jnk0le,   "ssat r0, #8, r1"
kernel "usat, shifted",                             1, trm,         1, jnk0le,   "usat r0, #8, r1, asr #3"
kernel "qadd16",                                    1, trm,         1, jnk0le,   "qadd16 r0, r1, r2"
kernel "uadd8, sel",                                2, trm,         2, jnk0le,   "uadd8 r0, r1, r2; sel r3, r1, r2"
kernel "ubfx",                                      1, trm,         1, jnk0le,   "ubfx r0, r1, #8, #8"
kernel "bfi",                                       1, trm,         1, jnk0le,   "bfi r0, r1, #8, #8"
kernel "rev",                                       1, trm,         1, jnk0le,   "rev.w r0, r1"
kernel "clz",                                       1, trm,         1, jnk0le,   "clz r0, r1"

@ core arithmetic
kernel "add, add, independent",                     2, trm,         1, jnk0le,   "add.w r0, r1, r2; add.w r3, r4, r5"
kernel "add chain",                                 1, trm,         1, derived,  "add.w r0, r0, r1"
kernel "eor shifted",                               1, trm,         1, jnk0le,   "eor.w r0, r1, r2, ror #8"
kernel "eor shifted, chain through the shifter",    1, trm,         2, jnk0le,   "eor.w r0, r1, r0, ror #8"
kernel "movw, movt",                                2, trm,         1, jnk0le,   "movw r0, #1; movt r0, #2"
kernel "it behind a 16-bit instruction",            2, trm,       any, none,     "movs r4, #1; it eq; addeq r0, r0, #1"
kernel "nop.w",                                     1, trm,       0.5, derived,  "nop.w"

@ loads
kernel "ldr, ldr, both banks",                      2, trm,         1, jnk0le,   "ldr.w r0, [r8]; ldr.w r1, [r8, #4]"
kernel "ldr, add",                                  3, trm,         1, jnk0le,   "ldr.w r0, [r8]; add.w r3, r4, r5"
kernel "ldr, add of its result",                    3, trm,         1, derived,  "ldr.w r0, [r8]; add.w r3, r0, r5"
kernel "ldr chain through the address",             2, trm,         2, derived,  "ldr.w r10, [r10]"
kernel "add, ldr from its result",                  4, jnk0le,    any, none,     "add.w r11, r9, #4; ldr.w r0, [r11]"
kernel "ldr, ldr, post-increment, two bases",       2, jnk0le,    any, none,     "ldr r0, [r8], #0; ldr r1, [r9], #0"
kernel "ldr, ldr, post-increment, one base",        4, jnk0le,      2, jnk0le,   "ldr r0, [r8], #0; ldr r1, [r8], #0"
kernel "ldrd",                                      3, trm,         1, jnk0le,   "ldrd r0, r1, [r8]"
kernel "ldm of 4",                                  5, trm,         2, jnk0le,   "ldmia r8, {r0-r3}"
kernel "ldm of 8",                                  9, trm,         4, jnk0le,   "ldmia r8, {r0-r7}"
kernel "ldrsb, ldrsb",                              2, trm,         1, jnk0le,   "ldrsb r0, [r8, #0]; ldrsb r1, [r8, #5]"
kernel "ldr, nop",                                  2, jnk0le,      1, derived,  "ldr.w r0, [r8]; nop.w"
kernel "ldr, ldr, register offset",                 2, trm,       any, none,     "ldr.w r0, [r8, r12]; ldr.w r1, [r9, r12]"

@ stores
kernel "str, immediate offset",                     1, trm,         1, jnk0le,   "str.w r0, [r8]"
kernel "str, register offset",                      2, jnk0le,      1, jnk0le,   "str.w r0, [r8, r12]"
kernel "strd",                                      3, trm,         1, jnk0le,   "strd r0, r1, [r8]"
kernel "stm of 4",                                  5, trm,         2, jnk0le,   "stmia r8, {r0-r3}"
kernel "ldr, str of its result",                    3, derived,     1, jnk0le,   "ldr.w r0, [r8]; str.w r0, [r9]"
kernel "ldr, ldr, str, str",                        5, derived,   any, none,     "ldr.w r0, [r8]; ldr.w r1, [r8, #4]; str.w r0, [r9]; str.w r1, [r9, #4]"
kernel "push, pop of 4",                           10, trm,         4, jnk0le,   "push {r0-r3}; pop {r0-r3}"

@ pieces of kernels
kernel "ldr, ldr, smlad",                           4, trm,       any, none,     "ldr.w r0, [r8]; ldr.w r1, [r9]; smlad r2, r0, r1, r2"
kernel "ldrd, smlad",                               4, trm,         3, derived,  "ldrd r0, r1, [r8]; smlad r2, r0, r1, r2"
kernel "ldm of 4, smlad, smlad",                    7, trm,         5, derived,  "ldmia r8, {r0-r3}; smlad r4, r0, r1, r4; smlad r4, r2, r3, r4"
kernel "ldr, sxtb16, sxtb16, pkhbt, pkhtb",         6, trm,       any, none,     "ldr.w r0, [r8]; sxtb16 r1, r0; sxtb16 r2, r0, ror #8; pkhbt r3, r1, r2, lsl #16; pkhtb r4, r2, r1, asr #16"
kernel "ldr, sxtb16, sxtb16, smlad, smlad",         6, trm,       any, none,     "ldr.w r0, [r8]; sxtb16 r1, r0; sxtb16 r2, r0, ror #8; smlad r4, r1, r5, r4; smlad r4, r2, r6, r4"
kernel "ldrsb, ldrsb, smlabb",                      4, trm,       any, none,     "ldrsb r0, [r8, #0]; ldrsb r1, [r9, #4]; smlabb r2, r0, r1, r2"

@ FPU
kernel "vldr",                                      1, trm,         1, jnk0le,   "vldr s0, [r8]"
kernel "vldr of 4, vadd",                           6, trm,       any, none,     "vldr s0, [r8]; vldr s1, [r8, #4]; vldr s2, [r8, #8]; vldr s3, [r8, #12]; vadd.f32 s8, s9, s10"
kernel "vldm of 8",                                 9, trm,         4, jnk0le,   "vldmia r8, {s0-s7}"
kernel "vstm of 8",                                 9, trm,         4, jnk0le,   "vstmia r8, {s0-s7}"
kernel "vmov to FPU",                               1, trm,         1, slothy,   "vmov s0, r0"
kernel "vmov to core",                              1, trm,         1, slothy,   "vmov r0, s0"
kernel "vmov of two to FPU",                        2, trm,         1, jnk0le,   "vmov s0, s1, r0, r1"
kernel "vmov of two to core",                       2, trm,         1, jnk0le,   "vmov r0, r1, s0, s1"
kernel "vadd",                                      1, trm,         1, jnk0le,   "vadd.f32 s0, s1, s2"
kernel "vadd chain",                                2, trm,         3, jnk0le,   "vadd.f32 s0, s0, s1"
kernel "vmul",                                      1, trm,         1, jnk0le,   "vmul.f32 s0, s1, s2"
kernel "vfma, accumulator chain",                   4, trm,         3, jnk0le,   "vfma.f32 s0, s1, s2"
kernel "vmla, three accumulators",                  9, trm,         3, jnk0le,   "vmla.f32 s0, s8, s9; vmla.f32 s1, s8, s9; vmla.f32 s2, s8, s9"
kernel "vldr, vldr, vfma",                          6, trm,       any, none,     "vldr s0, [r8]; vldr s1, [r8, #4]; vfma.f32 s2, s0, s1"
kernel "vdiv",                                     14, trm,        16, jnk0le,   "vdiv.f32 s0, s1, s2"
kernel "vsqrt",                                    14, trm,        14, jnk0le,   "vsqrt.f32 s0, s1"
kernel "vcvt",                                      1, trm,         1, derived,  "vcvt.f32.s32 s0, s1"

@ division, which takes a constant time in the model
kernel "sdiv",                                      6, constant,    8, constant, "sdiv r0, r1, r2"

@ branches; subs and bne belong to the loop
loop   "subs, bne",                                 3, trm,         1, derived,  "", ""
loop   "add, add, subs, bne",                       5, derived,     2, derived,  "add.w r1, r1, r2; add.w r3, r3, r4", ""
loop   "unaligned 32-bit target, subs, bne",        5, derived,   any, none,     "nop.w", "nop.n"
kernel "bl, bx lr",                                 4, derived,   any, none,     "bl leaf"

.balign 8
.thumb_func
leaf:
    bx lr

.balign 8
.thumb_func
prepare:
    ldr r8, =words
    ldr r9, =words + 68             @ another bank: an odd word
    ldr r10, =link
    mov.w r12, #0
    movs r0, #1
    movs r1, #2
    movs r2, #3
    movs r3, #4
    movs r4, #5
    movs r5, #6
    movs r6, #7
    movs r7, #7
    vmov.f32 s0, #1.0
    vmov.f32 s1, #1.0
    vmov.f32 s2, #2.0
    bx lr
    .ltorg

.data
.balign 8
words:
    .space 512
link:
    .word link

.section .rodata.cases, "a"
.global cases_end
cases_end:

.section .rodata.sources, "a"
trm:
    .asciz "the Cortex-M4 TRM"
jnk0le:
    .asciz "jnk0le's measurements"
slothy:
    .asciz "slothy"
derived:
    .asciz "derivation"
constant:
    .asciz "constant"
none:
    .asciz ""
