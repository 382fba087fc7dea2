# SPDX-License-Identifier: MIT
"""Trains `motion` on simulated windows. Run from models/: python3 -m motion.train --out DIR"""
import numpy as np

from common.export import export, output_directory
from common.network import classifier, conv, pool
from common.training import accuracy, fit
from motion.simulate import LABELS, data_set

LAYERS = [
    *conv("conv_1", 12, (5, 1), (2, 1)),
    pool("pool_1", "max", (2, 1)),
    *conv("conv_2", 24, (5, 1)),
    pool("pool_2", "max", (2, 1)),
    *conv("conv_3", 32, (5, 1)),
    pool("pool_3", "average", (16, 1)),
    *classifier(len(LABELS)),
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
