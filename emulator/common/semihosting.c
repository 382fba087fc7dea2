/* SPDX-License-Identifier: MIT */
#include "semihosting.h"

enum operation
{
    SYS_OPEN = 0x01,
    SYS_CLOSE = 0x02,
    SYS_WRITE0 = 0x04,
    SYS_WRITE = 0x05,
    SYS_READ = 0x06,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT_EXTENDED = 0x20
};

enum mode
{
    MODE_RB = 1,
    MODE_WB = 5
};

static const uint32_t APPLICATION_EXIT = 0x20026;

static int32_t call(enum operation operation, const void *block)
{
    register int32_t r0 __asm("r0") = (int32_t)operation;
    register const void *r1 __asm("r1") = block;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static uint32_t word(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}

static uint32_t length(const char *text)
{
    uint32_t count = 0;
    while (text[count] != 0)
    {
        count++;
    }
    return count;
}

static uint32_t open(const char *path, enum mode mode)
{
    const uint32_t block[] = {word(path), (uint32_t)mode, length(path)};
    const int32_t file = call(SYS_OPEN, block);
    return file > 0 ? (uint32_t)file : 0;
}

uint32_t semihosting_open_read(const char *path)
{
    return open(path, MODE_RB);
}

uint32_t semihosting_open_write(const char *path)
{
    return open(path, MODE_WB);
}

bool semihosting_read(uint32_t file, void *bytes, size_t size)
{
    const uint32_t block[] = {file, word(bytes), size};
    return call(SYS_READ, block) == 0;
}

bool semihosting_write(uint32_t file, const void *bytes, size_t size)
{
    const uint32_t block[] = {file, word(bytes), size};
    return call(SYS_WRITE, block) == 0;
}

void semihosting_close(uint32_t file)
{
    const uint32_t block[] = {file};
    call(SYS_CLOSE, block);
}

void semihosting_print(const char *text)
{
    call(SYS_WRITE0, text);
}

void semihosting_print_number(uint32_t number)
{
    char digits[11];
    char *at = digits + sizeof digits - 1;

    *at = 0;
    do
    {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    semihosting_print(at);
}

void semihosting_command_line(char *text, size_t size)
{
    uint32_t block[] = {word(text), size};
    if (call(SYS_GET_CMDLINE, block) != 0)
    {
        text[0] = 0;
    }
}

_Noreturn void semihosting_exit(int code)
{
    const uint32_t block[] = {APPLICATION_EXIT, (uint32_t)code};
    for (;;)
    {
        call(SYS_EXIT_EXTENDED, block);
    }
}
