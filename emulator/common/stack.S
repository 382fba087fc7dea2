/* SPDX-License-Identifier: MIT */
/* stack.h. In assembly because neither function may have a frame of its own: the paint begins right below the caller's. */
    .syntax unified
    .thumb
    .equ PAINT, 0x5AFEC0DE

    .section .text.stack_paint, "ax"
    .global stack_paint
    .thumb_func
    .type stack_paint, %function
stack_paint:
    ldr     r0, =stack_bottom
    ldr     r1, =PAINT
1:  cmp     r0, sp
    it      lo
    strlo   r1, [r0], #4
    blo     1b
    bx      lr
    .ltorg
    .size stack_paint, . - stack_paint

    .section .text.stack_used, "ax"
    .global stack_used
    .thumb_func
    .type stack_used, %function
stack_used:
    ldr     r0, =stack_bottom
    ldr     r1, =PAINT
1:  cmp     r0, sp
    bhs     2f
    ldr     r2, [r0], #4
    cmp     r2, r1
    beq     1b
    subs    r0, #4
2:  mov     r1, sp
    subs    r0, r1, r0
    bx      lr
    .ltorg
    .size stack_used, . - stack_used
