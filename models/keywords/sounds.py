# SPDX-License-Identifier: MIT
"""What happens to a synthesized word on its way to the microphone: room, colour, level, noise."""
import numpy as np

RATE = 16000
LENGTH = 16000


def resample(sound, rate):
    """From `rate` to RATE, by cutting or filling the spectrum."""
    count = int(round(len(sound) * RATE / rate))
    spectrum = np.fft.rfft(sound)
    resized = np.zeros(count // 2 + 1, complex)
    kept = min(len(spectrum), len(resized))
    resized[:kept] = spectrum[:kept]
    return np.fft.irfft(resized, count) * count / max(len(sound), 1)


def trimmed(sound):
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max(initial=1e-9))
    return sound[loud[0]:loud[-1] + 1] if len(loud) else sound


def noise(rng, babble):
    """One second of unit power: white, pink, brown, mains hum or a murmur of other voices."""
    kind = rng.choice(["white", "pink", "brown", "hum", "babble"])
    if kind == "hum":
        t = np.arange(LENGTH) / RATE
        tones = [rng.uniform(0.1, 1) / k * np.sin(2 * np.pi * 50 * k * t + rng.uniform(0, 6.3)) for k in range(1, 12)]
        sound = sum(tones) + 0.1 * rng.normal(size=LENGTH)
    elif kind == "babble":
        sound = sum(np.roll(placed(babble[rng.integers(len(babble))], rng)[::-1], rng.integers(LENGTH)) for _ in range(8))
    else:
        frequency = np.maximum(np.fft.rfftfreq(LENGTH, 1 / RATE), 20)
        slope = {"white": 0, "pink": 0.5, "brown": 1}[kind]
        sound = np.fft.irfft(np.fft.rfft(rng.normal(size=LENGTH)) / frequency ** slope, LENGTH)
    return sound / np.sqrt(np.mean(sound ** 2) + 1e-12)


def placed(word, rng):
    """The word somewhere in a second; a longer word loses its ends."""
    spare = LENGTH - len(word)
    clip = np.zeros(LENGTH)
    if spare >= 0:
        start = rng.integers(spare + 1)
        clip[start:start + len(word)] = word
    else:
        start = rng.integers(-spare + 1)
        clip[:] = word[start:start + LENGTH]
    return clip


def coloured(sound, rng):
    """A microphone's and a room's mark: a spectral tilt and, half of the time, an exponential echo."""
    spectrum = np.fft.rfft(sound)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(LENGTH, 1 / RATE), 60) / 1000)
    response = 10 ** (rng.uniform(-4, 4) * octaves / 20)
    if rng.random() < 0.5:
        t = np.arange(LENGTH // 2) / RATE
        echo = rng.normal(size=len(t)) * np.exp(-t / rng.uniform(0.02, 0.12)) * rng.uniform(0.005, 0.05)
        echo[0] = 1
        response = response * np.fft.rfft(echo, LENGTH)
    return np.fft.irfft(spectrum * response, LENGTH)


def clip(word, rng, babble):
    """One second of int16 with the word in it (or nothing, when word is None) and noise 5 to 35 dB below it."""
    level = 10 ** (rng.uniform(-30, -3) / 20)
    if word is None:
        sound = noise(rng, babble) * 10 ** (rng.uniform(-80, -20) / 20)
    else:
        sound = coloured(placed(word, rng), rng)
        sound = sound / np.abs(sound).max(initial=1e-9)
        power = np.mean(sound ** 2) * LENGTH / min(len(word), LENGTH)
        sound = level * (sound + noise(rng, babble) * np.sqrt(power) * 10 ** (-rng.uniform(5, 35) / 20))
    return np.clip(np.round(sound * 32767), -32768, 32767).astype(np.int16)
