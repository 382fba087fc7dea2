# SPDX-License-Identifier: MIT
"""Trains `clothes_binary` on Fashion-MNIST. Run from models/: python3 -m clothes_binary.train --out DIR"""
import numpy as np

from clothes.train import LABELS, augment, data_set
from common.export import export, output_directory
from common.network import binary, classifier, conv, pool
from common.training import accuracy, fit

LAYERS = [
    *conv("stem", 32, (3, 3), (2, 2), relu=False),
    *binary("binary_1", 64, (3, 3), (2, 2)),
    *binary("binary_2", 64, (3, 3), relu=True),
    pool("pool", "average", (7, 7)),
    *classifier(len(LABELS)),
]


def train(name, layers):
    """Trains and exports these layers; the int8 twin is trained alike."""
    out = output_directory()
    train, heldout = data_set("train"), data_set("t10k")
    network = fit(layers, train, heldout, epochs=8, rate=5e-3, decay=1e-4, smoothing=0.05, augment=augment)
    print(f"float accuracy on the test set: {accuracy(network, *heldout):.4f}")
    chosen = np.random.default_rng(3).permutation(len(train[0]))[:500]
    export(out, network, name, "which of ten garments a 28 x 28 grey picture shows: int8 = pixel - 128",
           LABELS, {"name": "image", "shape": [1, 28, 28, 1], "scale": 1 / 255, "zero_point": -128},
           tuple(part[chosen] for part in train), heldout, percentile=99)


if __name__ == "__main__":
    train("clothes_binary", LAYERS)
