# SPDX-License-Identifier: MIT
"""Trains `clothes` on Fashion-MNIST. Run from models/: python3 -m clothes.train --out DIR"""
import gzip
import pathlib

import numpy as np

from common.export import export, output_directory
from common.network import classifier, conv, depthwise, pool
from common.training import accuracy, fit

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
LABELS = ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
LAYERS = [
    *conv("stem", 32, (3, 3), (2, 2)),
    *depthwise("depthwise_1", (3, 3)),
    *conv("pointwise_1", 48, (1, 1)),
    *depthwise("depthwise_2", (3, 3), (2, 2)),
    *conv("pointwise_2", 72, (1, 1)),
    *depthwise("depthwise_3", (3, 3)),
    *conv("pointwise_3", 72, (1, 1), relu=False),
    {"kind": "add", "inputs": ["pointwise_2", "pointwise_3"]},
    {"kind": "relu", "name": "shortcut"},
    *depthwise("depthwise_4", (3, 3)),
    *conv("pointwise_4", 128, (1, 1)),
    pool("pool", "average", (7, 7)),
    *classifier(len(LABELS), dropout=0.1),
]


def data_set(part):
    """The images as NHWC floats in [0, 1], and the labels. The files are IDX: a header of 16 or 8 bytes, then bytes."""
    images = gzip.decompress((DATA / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:]
    labels = gzip.decompress((DATA / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:]
    pixels = np.frombuffer(images, np.uint8).reshape(-1, 28, 28, 1)
    return (pixels / np.float32(255)).astype(np.float32), np.frombuffer(labels, np.uint8)


def augment(images, rng):
    """Mirrors half of the images and moves all of a batch by up to two pixels."""
    mirrored = rng.random(len(images)) < 0.5
    images = np.where(mirrored[:, None, None, None], images[:, :, ::-1], images)
    down, right = rng.integers(0, 5, 2)
    return np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))[:, down:down + 28, right:right + 28]


if __name__ == "__main__":
    out = output_directory()
    train, heldout = data_set("train"), data_set("t10k")
    network = fit(LAYERS, train, heldout, epochs=30, rate=6e-3, decay=2e-2, smoothing=0.05, augment=augment)
    print(f"float accuracy on the test set: {accuracy(network, *heldout):.4f}")
    chosen = np.random.default_rng(3).permutation(len(train[0]))[:500]
    export(out, network, "clothes", "which of ten garments a 28 x 28 grey picture shows: int8 = pixel - 128",
           LABELS, {"name": "image", "shape": [1, 28, 28, 1], "scale": 1 / 255, "zero_point": -128},
           tuple(part[chosen] for part in train), heldout, percentile=97)
