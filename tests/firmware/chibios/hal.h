/* SPDX-License-Identifier: MIT */
/* A stand-in for ChibiOS' HAL of an STM32F4: what ports/ti_port_stm32.c uses of it. */
#define STM32_HCLK 180000000
#define FLASH_BASE 0x08000000UL
#define FLASHSIZE_BASE 0x1FFF7A22UL
#define CCMDATARAM_BASE 0x10000000UL
