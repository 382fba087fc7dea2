# SPDX-License-Identifier: MIT
"""Sends a recording to the sample Keywords: send.py PORT SOUND.pcm (16 kHz, 16 bits, one channel; needs pyserial)."""
import sys

import serial

BYTES = 640

with serial.Serial(sys.argv[1], 460800) as port, open(sys.argv[2], "rb") as sound:
    while block := sound.read(BYTES):
        while port.read(1) != b"?":
            pass
        port.write(block.ljust(BYTES, b"\0"))
