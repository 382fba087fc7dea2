# SPDX-License-Identifier: MIT
"""Trains `keywords` on synthesized speech. Run from models/: python3 -m keywords.train --out DIR"""
import numpy as np

from common.export import export, output_directory
from common.network import classifier, conv, depthwise, pool
from common.training import accuracy, fit
from keywords import speech

LAYERS = [
    *conv("stem", 40, (5, 5), (2, 2)),
    *depthwise("depthwise_1", (3, 3)),
    *conv("pointwise_1", 56, (1, 1)),
    *depthwise("depthwise_2", (5, 3), (2, 2)),
    *conv("pointwise_2", 80, (1, 1)),
    *depthwise("depthwise_3", (5, 3)),
    *conv("pointwise_3", 80, (1, 1)),
    *depthwise("depthwise_4", (3, 3)),
    *conv("pointwise_4", 96, (1, 1)),
    pool("pool", "average", (13, 5)),
    *classifier(len(speech.LABELS), dropout=0.1),
]


def augment(features, rng):
    """Louder or softer by up to 6 dB for a batch, and a few bands and rows of each clip blanked."""
    features = features + np.float32(rng.uniform(-0.5, 0.5))
    for sample in features:
        at, size = rng.integers(20), rng.integers(3)
        sample[:, at:at + size] = sample.mean()
        at, size = rng.integers(49), rng.integers(6)
        sample[at:at + size] = sample.mean()
    return np.clip(features, -4, 127 / 32)


if __name__ == "__main__":
    out = output_directory()
    train = speech.data_set(speech.TRAIN_SPEAKERS, speech.TRAIN_OTHERS, others_each=3, clips_each=6, seed=21, work=out)
    heldout = speech.data_set(speech.HELDOUT_SPEAKERS, speech.HELDOUT_OTHERS, others_each=1, clips_each=2, seed=22, work=out)
    print(f"{len(train[0])} clips to train on, {len(heldout[0])} held out", flush=True)
    network = fit(LAYERS, train, heldout, epochs=30, rate=6e-3, decay=1e-2, augment=augment)
    print(f"float accuracy on held-out speakers: {accuracy(network, *heldout):.4f}")
    chosen = np.random.default_rng(23).permutation(len(train[0]))[:500]
    export(out, network, "keywords", "which of eight words was said: 49 rows of 20 log-mel features, as ti_frontend.h makes them",
           speech.LABELS, {"name": "features", "shape": [1, 49, 20, 1], "scale": 1 / 32, "zero_point": 0},
           tuple(part[chosen] for part in train), heldout)
