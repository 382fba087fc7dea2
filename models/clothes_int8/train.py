# SPDX-License-Identifier: MIT
"""Trains `clothes_int8`, the twin of clothes_binary. Run from models/: python3 -m clothes_int8.train --out DIR"""
from clothes.train import LABELS
from clothes_binary.train import train
from common.network import classifier, conv, pool

LAYERS = [
    *conv("stem", 32, (3, 3), (2, 2)),
    *conv("conv_1", 64, (3, 3), (2, 2)),
    *conv("conv_2", 64, (3, 3)),
    pool("pool", "average", (7, 7)),
    *classifier(len(LABELS)),
]

if __name__ == "__main__":
    train("clothes_int8", LAYERS)
