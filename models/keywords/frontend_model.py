# SPDX-License-Identifier: MIT
"""The specification of ti_frontend.h in numpy, written apart from the C code; it must give the same bytes.

Run from models/: python3 -m keywords.frontend_model writes the golden files of tests/models/frontend.
"""
import pathlib

import numpy as np

CHANNELS = 20
GOLDEN = pathlib.Path(__file__).parents[2] / "tests" / "models" / "frontend"


def q15(x):
    return np.floor(x * 32767 + 0.5).astype(np.int64)


def mel(f):
    return 1127 * np.log(1 + f / 700)


HANN = q15(np.sin(np.pi * (np.arange(480) + 0.5) / 480) ** 2)
COS, SIN = q15(np.cos(2 * np.pi * np.arange(256) / 512)), q15(np.sin(2 * np.pi * np.arange(256) / 512))
POSITION = (mel(np.arange(256) * 31.25) - mel(80)) / (mel(7600) - mel(80)) * (CHANNELS + 1)
LOG2 = np.round(1024 * np.log2(1 + np.arange(33) / 32)).astype(int)


def turn(re, im, index):
    c, s = COS[index], SIN[index]
    return (re * c + im * s + (1 << 14)) >> 15, (im * c - re * s + (1 << 14)) >> 15


def fft(re, im):
    """Recursive: even and odd elements first."""
    n = len(re)
    if n == 1:
        return re, im
    even, odd = fft(re[::2], im[::2]), fft(re[1::2], im[1::2])
    tr, ti = turn(*odd, np.arange(n // 2) * (512 // n))
    return np.concatenate([even[0] + tr, even[0] - tr]), np.concatenate([even[1] + ti, even[1] - ti])


def spectrum(y):
    re, im = fft(y[0::2], y[1::2])
    mirrored_re, mirrored_im = re[-np.arange(256)], -im[-np.arange(256)]
    k = np.arange(256)
    tr, ti = turn(im - mirrored_im, mirrored_re - re, k)
    return re + mirrored_re + tr, im + mirrored_im + ti


def log2_q10(e):
    e = max(int(e), 1)
    bit = e.bit_length() - 1
    fraction = (e << 16 >> bit) - (1 << 16)
    segment, inside = fraction >> 11, fraction & 2047
    return 1024 * bit + LOG2[segment] + ((LOG2[segment + 1] - LOG2[segment]) * inside + 1024 >> 11)


def row(x):
    x = x.astype(np.int64)
    peak = np.abs(x).max()
    s = 0 if peak == 0 or peak == 32768 else 15 - int(peak).bit_length()
    y = np.zeros(512, np.int64)
    y[:480] = ((x << s) * HANN + (1 << 14)) >> 15
    re, im = spectrum(y)
    p = ((re + 128) >> 8) ** 2 + ((im + 128) >> 8) ** 2
    e = [0] * (CHANNELS + 2)
    for k in range(1, 256):
        if 0 <= POSITION[k] < CHANNELS + 1:
            upper = int(POSITION[k])
            rise = int(np.round((POSITION[k] - upper) * 4096))
            e[upper + 1] += int(p[k]) * rise
            e[upper] += int(p[k]) * (4096 - rise)
    return [int(np.clip((log2_q10(v) - 2048 * s - 28672 + 64) >> 7, -128, 127)) for v in e[1:CHANNELS + 1]]


def features(clip):
    return np.array([row(clip[k:k + 480]) for k in range(0, len(clip) - 479, 320)], np.int8)


def golden_clips():
    """Silence, extremes, sines from faint to full, noise, a sweep, single blows: a second each."""
    rng, t = np.random.default_rng(7), np.arange(16000) / 16000
    full = 32767 * np.sin(2 * np.pi * 1000 * t)
    yield np.zeros(16000)
    yield np.full(16000, -32768)
    yield np.where(np.arange(16000) % 2, 32767, -32768)
    yield full
    yield full / 20000
    yield 32767 * np.sin(2 * np.pi * (50 + 3900 * t) * t)
    yield rng.normal(0, 3000, 16000) * np.exp(-6 * t)
    yield rng.integers(-32768, 32768, 16000)
    yield np.where(rng.random(16000) < 0.001, 20000, 0)


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    clips = np.array([np.clip(clip, -32768, 32767).astype("<i2") for clip in golden_clips()])
    (GOLDEN / "in.bin").write_bytes(clips.tobytes())
    (GOLDEN / "out.bin").write_bytes(b"".join(features(clip).tobytes() for clip in clips))
