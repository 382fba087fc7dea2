/* SPDX-License-Identifier: MIT */
#ifndef TI_SIGNAL_H
#define TI_SIGNAL_H

#include "../common/ti_check.h"

/*
 * The audio front end of TFLite Micro (its operators SignalWindow .. SignalFilterBankLog), in fixed point. `wrap` keeps
 * the low bits, as a C conversion does; >> of a negative number rounds down; sums and products of u32 and u64 wrap.
 */

/*
 * output[r, i] = clamp16((x[r, i] * window[i]) >> shift)
 *
 * inputs[0] x      s16 [rows, size]
 * inputs[1] window s16 [size]
 * outputs[0]       s16 [rows, size]; may be x
 */
struct ti_signal_window_params
{
    int32_t rows;
    int32_t size;
    int32_t shift; /* 0..31 */
};

/*
 * bits = 15 - (bits of the largest |x|), not below 0, and 0 when all are 0; output[i] = wrap16(x[i] << bits). The
 * largest is kept in an int16, as TFLite Micro does: |-32768| becomes -32768 there, which the next larger element
 * replaces, and a negative largest has 32 bits.
 *
 * inputs[0] x s16 [count]
 * outputs[0]  s16 [count]; may be x
 * outputs[1]  s32 [1] bits
 */
struct ti_signal_fft_auto_scale_params
{
    int32_t count;
};

/*
 * The first fft_length / 2 + 1 bins of the Fourier transform of every row, divided by fft_length, real and imaginary
 * parts in turn; rows are padded with zeros.
 *
 * n = fft_length / 2 complex numbers z[j] = (x[2j], x[2j + 1]) are transformed by decimation in time with radix 4, and
 * radix 2 in the first pass where n is no power of 4. With round(v) = wrap16((v + 2^14) >> 15), a pass of radix p
 * multiplies each part of each operand by floor(32767 / p) and rounds, multiplies operands 1 .. p - 1 by their twiddles
 * with one rounding a part, and adds, wrapping. Then, with F(k) the transform and every part halved as round(v *
 * 16383):
 *
 *   a = F(k) + conj(F(n - k)), b = (F(k) - conj(F(n - k))) * super[k - 1], k = 1 .. n / 2
 *   output[k] = (a + b) >> 1, output[n - k] = conj(a - b) >> 1
 *   output[0] = re F(0) + im F(0), output[n] = re F(0) - im F(0)
 *
 * inputs[0] x        s16 [rows, in_length]
 * inputs[1] twiddles s16 [n, 2]     floor(0.5 + 32767 * e^(-2 pi i k / n))
 * inputs[2] super    s16 [n / 2, 2] floor(0.5 + 32767 * e^(-pi i ((k + 1) / n + 0.5)))
 * outputs[0]         s16 [rows, fft_length + 2]
 * scratch            4 * n bytes
 */
struct ti_signal_rfft_params
{
    int32_t rows;
    int32_t in_length;  /* at most fft_length */
    int32_t fft_length; /* a power of two, 4..32768 */
};

/*
 * output[i] = re(x[i])^2 + im(x[i])^2 for start <= i < end, 0 elsewhere.
 *
 * inputs[0] x s16 [count, 2]
 * outputs[0]  u32 [count]
 */
struct ti_signal_energy_params
{
    int32_t count;
    int32_t start;
    int32_t end;
};

/*
 * output[c] = sum of x[f] * weight over the band c + 1, plus sum of x[f] * unweight over the band c before it, where
 * band b is the `widths[b]` frequencies from starts[b] on, and its weights stand from weight_starts[b] on.
 *
 * inputs[0] x             u32 [bins]
 * inputs[1] weights       s16 [taps], constant like all that follow
 * inputs[2] unweights     s16 [taps]
 * inputs[3] starts        s16 [channels + 1]
 * inputs[4] weight_starts s16 [channels + 1]
 * inputs[5] widths        s16 [channels + 1]
 * outputs[0]              u64 [channels]
 */
struct ti_signal_filter_bank_params
{
    int32_t channels;
    int32_t bins;
    int32_t taps;
};

/*
 * output[i] = root(x[i]) >> (bits & 31). root is rounded to nearest and kept to 16 bits for x < 2^32, to 32 bits
 * otherwise.
 *
 * inputs[0] x    u64 [count]
 * inputs[1] bits s32 [1]
 * outputs[0]     u32 [count]
 */
struct ti_signal_filter_bank_square_root_params
{
    int32_t count;
};

/*
 * With s and t the smoothing factors of even (index 0) or odd (index 1) channels:
 *
 *   up       = x[i] << smoothing_bits
 *   noise[i] = (up * s + noise[i] * t) >> subtraction_bits
 *   estimate = min(noise[i], up), which noise[i] becomes with clamping
 *   output[i] = max((up - estimate) >> smoothing_bits, (x[i] * min_remaining) >> subtraction_bits)
 *
 * inputs[0] x     u32 [count]
 * inputs[1] noise u32 [count], state
 * outputs[0]      u32 [count]
 * outputs[1]      u32 [count] new noise; may be inputs[1]
 */
struct ti_signal_filter_bank_spectral_subtraction_params
{
    int32_t count;
    int32_t smoothing[2];
    int32_t one_minus_smoothing[2];
    int32_t min_remaining;
    int32_t smoothing_bits;   /* 0..31 */
    int32_t subtraction_bits; /* 0..31 */
    int32_t clamping;         /* 0, 1  */
};

/*
 * snr = (x[i] * gain(noise[i])) >> snr_shift; output[i] = snr < 2^13 ? (snr * snr) >> 20 : (snr >> 6) - 64.
 * gain(v) is lut[v] for v <= 2; above, with b the bits of v, f the ten bits below the highest (zeros follow) and q the
 * three entries from 4 b - 6 on: wrap16(q[0] + (((((q[2] * f) >> 5) + (q[1] << 5)) * f + 2^14) >> 15)).
 *
 * inputs[0] x     u32 [count]
 * inputs[1] noise u32 [count]
 * inputs[2] lut   s16 [125]
 * outputs[0]      u32 [count]; may be x
 */
struct ti_signal_pcan_params
{
    int32_t count;
    int32_t snr_shift; /* 0..63 */
};

/*
 * v = x[i] << correction_bits; output[i] = v <= 1 ? 0 : min(32767, round(scale * round(45426 * log2(v)))), where
 * round(p) = (p + 2^15) >> 16 and log2 has 16 bits below the point: its fraction f, plus what the table adds for the
 * segment f >> 9, interpolated with the next entry and rounded down.
 *
 * inputs[0] x     u32 [count]
 * inputs[1] table s16 [129] of 65536 * (log2(1 + k / 128) - k / 128)
 * outputs[0]      s16 [count]
 */
struct ti_signal_filter_bank_log_params
{
    int32_t count;
    int32_t scale;
    int32_t correction_bits; /* 0..31 */
};

/* Bits of a number up to its highest one; 32 for 0. */
static inline uint32_t ti_signal_bits(uint32_t x)
{
    return x == 0 ? 32 : 32 - (uint32_t)__builtin_clz(x);
}

extern const struct ti_kernel ti_signal_window;
extern const struct ti_kernel ti_signal_fft_auto_scale;
extern const struct ti_kernel ti_signal_rfft;
extern const struct ti_kernel ti_signal_energy;
extern const struct ti_kernel ti_signal_filter_bank;
extern const struct ti_kernel ti_signal_filter_bank_square_root;
extern const struct ti_kernel ti_signal_filter_bank_spectral_subtraction;
extern const struct ti_kernel ti_signal_pcan;
extern const struct ti_kernel ti_signal_filter_bank_log;

#endif
