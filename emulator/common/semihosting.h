/* SPDX-License-Identifier: MIT */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Files, console and exit of the machine that runs the emulator: Arm's semihosting calls, by BKPT 0xAB.
 * https://github.com/ARM-software/abi-aa/blob/main/semihosting/semihosting.rst
 */

/* Handles are positive; 0 when the file cannot be opened. */
uint32_t semihosting_open_read(const char *path);
uint32_t semihosting_open_write(const char *path);

/* True when all bytes were transferred. */
bool semihosting_read(uint32_t file, void *bytes, size_t size);
bool semihosting_write(uint32_t file, const void *bytes, size_t size);
void semihosting_close(uint32_t file);

/* To the emulator's console. */
void semihosting_print(const char *text);
void semihosting_print_number(uint32_t number);

/* The words given to the emulator, separated by spaces; empty when they do not fit. */
void semihosting_command_line(char *text, size_t size);

_Noreturn void semihosting_exit(int code);

#endif
