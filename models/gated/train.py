# SPDX-License-Identifier: MIT
"""Trains `gated`: motion's network with an answer after its first convolution. Run from models/: python3 -m gated.train --out DIR"""
import numpy as np

from common.export import export, output_directory
from common.network import classifier, conv, gate, pool, reading
from common.training import accuracy, fit
from motion.simulate import LABELS, data_set

FIRST_STAGE = [
    *conv("conv_1", 12, (5, 1), (2, 1)),
    pool("pool_1", "max", (2, 1)),
    *conv("early_conv", 24, (5, 1), (4, 1)),
    pool("early_pool", "average", (8, 1)),
    {"kind": "flatten", "name": "early_flat"},
    {"kind": "fully_connected", "units": len(LABELS), "name": "early_dense"},
    {"kind": "softmax", "name": "early_probabilities"},
]

SECOND_STAGE = reading("pool_1", [
    *conv("conv_2", 24, (5, 1)),
    pool("pool_2", "max", (2, 1)),
    *conv("conv_3", 32, (5, 1)),
    pool("pool_3", "average", (16, 1)),
    *classifier(len(LABELS)),
])

LAYERS = [*FIRST_STAGE, *SECOND_STAGE, gate("answer", "early_probabilities", "probabilities", threshold=0.75)]

if __name__ == "__main__":
    out = output_directory()
    train = data_set(persons=160, windows_each=20, seed=11)
    heldout = data_set(persons=40, windows_each=20, seed=12)
    network = fit(LAYERS, train, heldout, epochs=20)
    print(f"float accuracy on held-out persons: {accuracy(network, *heldout):.4f}")
    chosen = np.random.default_rng(13).permutation(len(train[0]))[:500]
    export(out, network, "gated", "what a hand-held device is being put through, in two stages: 128 samples of 3 axes at 50 Hz, int8 = 32 * g",
           LABELS, {"name": "acceleration", "shape": [1, 128, 1, 3], "scale": 1 / 32, "zero_point": 0},
           tuple(part[chosen] for part in train), heldout)
