/* SPDX-License-Identifier: MIT */
/* What ti_native.h asks of a platform, for STM32 under ChibiOS' HAL: ChibiOS and ThreadX targets of nf-interpreter. */
#include <hal.h>

#include "../interop/ti_native.h"

#define DEMCR (*(volatile uint32_t *)0xE000EDFCU)
#define DWT_CTRL (*(volatile uint32_t *)0xE0001000U)
#define DWT_CYCCNT (*(volatile uint32_t *)0xE0001004U)
#define DWT_LAR (*(volatile uint32_t *)0xE0001FB0U)

enum
{
    DEMCR_TRACE = 1 << 24,
    DWT_CTRL_COUNT = 1 << 0
};

uint32_t ti_port_cycles(void)
{
    if ((DWT_CTRL & DWT_CTRL_COUNT) == 0)
    {
        DEMCR |= DEMCR_TRACE;
        DWT_LAR = 0xC5ACCE55U; /* Cortex-M7 locks the counter */
        DWT_CTRL |= DWT_CTRL_COUNT;
    }
    return DWT_CYCCNT;
}

/* The clock that the board was configured for; SystemCoreClock is not constant in nf-interpreter. */
uint32_t ti_port_cycles_per_microsecond(void)
{
    return STM32_HCLK / 1000000U;
}

/*
 * Cortex-M4: SRAM below the peripherals, but not core coupled memory, which has no path to instructions. Cortex-M7 has
 * caches, and gains nothing.
 */
bool ti_port_runs_code(const void *address)
{
    const uint32_t at = (uint32_t)(uintptr_t)address;
#if defined(CCMDATARAM_BASE)
    const bool coupled = at >= CCMDATARAM_BASE && at - CCMDATARAM_BASE < 0x10000U;
#else
    const bool coupled = false;
#endif
    return at >= 0x10000000U && at < 0x40000000U && !coupled;
}

const void *ti_port_flash(uint32_t address, uint32_t *available)
{
    const uint32_t size = *(const volatile uint16_t *)FLASHSIZE_BASE * UINT32_C(1024);

    if (address < FLASH_BASE || address - FLASH_BASE >= size)
    {
        return NULL;
    }
    *available = size - (address - FLASH_BASE);
    return (const void *)address;
}
