# SPDX-License-Identifier: MIT
"""Trains `motion` on simulated windows. Run from models/: python3 -m motion.train --out DIR"""
import numpy as np

from common.export import export, output_directory
from common.network import conv
from common.training import accuracy, fit
from motion.simulate import LABELS, data_set

LAYERS = [
    *conv(12, (5, 1), (2, 1)),
    {"kind": "max_pool_2d", "kernel": (2, 1), "stride": (2, 1), "padding": "valid"},
    *conv(24, (5, 1), (1, 1)),
    {"kind": "max_pool_2d", "kernel": (2, 1), "stride": (2, 1), "padding": "valid"},
    *conv(32, (5, 1), (1, 1)),
    {"kind": "average_pool_2d", "kernel": (16, 1), "stride": (16, 1), "padding": "valid"},
    {"kind": "flatten"},
    {"kind": "fully_connected", "units": len(LABELS)},
    {"kind": "softmax"},
]

if __name__ == "__main__":
    out = output_directory()
    train = data_set(persons=160, windows_each=20, seed=11)
    heldout = data_set(persons=40, windows_each=20, seed=12)
    network = fit(LAYERS, train, heldout, epochs=20)
    print(f"float accuracy on held-out persons: {accuracy(network, *heldout):.4f}")
    chosen = np.random.default_rng(13).permutation(len(train[0]))[:500]
    export(out, network, "motion", "what a hand-held device is being put through: 128 samples of 3 axes at 50 Hz, int8 = 32 * g",
           LABELS, {"name": "acceleration", "shape": [1, 128, 1, 3], "scale": 1 / 32, "zero_point": 0},
           tuple(part[chosen] for part in train), heldout)
