# SPDX-License-Identifier: MIT
"""Speech from libespeak-ng, in this process: one call a word instead of one program start a word."""
import ctypes

import numpy as np

RATE, VOLUME, PITCH, RANGE = 1, 2, 3, 4   # espeak_PARAMETER
SYNCHRONOUS = 2                           # espeak_AUDIO_OUTPUT
UTF8 = 1
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Speaker:
    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self._library.espeak_Initialize(SYNCHRONOUS, 500, None, 0)
        self._chunks = []
        self._callback = CALLBACK(self._receive)  # kept: the library does not own it
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text, voice, speed, pitch, intonation):
        """Returns float samples in [-1, 1] at `rate`. Speed is in words a minute, the others go from 0 to 100."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice '{voice}'")
        for parameter, value in ((RATE, speed), (PITCH, pitch), (RANGE, intonation), (VOLUME, 100)):
            self._library.espeak_SetParameter(parameter, int(value), 0)
        self._chunks.clear()
        data = text.encode()
        self._library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._chunks) / 32768 if self._chunks else np.zeros(0)

    def _receive(self, samples, count, _events):
        if count > 0:
            self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0
