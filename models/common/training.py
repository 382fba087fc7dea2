# SPDX-License-Identifier: MIT
"""Trains a Network. Inputs are NHWC float32 arrays, labels are integers."""
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

from common.network import Network


def fit(layers, train, heldout, epochs, batch=128, rate=4e-3, decay=1e-3, smoothing=0.05, augment=None, seed=1):
    """Returns the trained network. `augment` maps a NHWC batch and a random generator to a NHWC batch."""
    random.seed(seed)
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    inputs, labels = train
    network = Network(layers, (1, *inputs.shape[1:])).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    steps = epochs * (len(inputs) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rate, total_steps=steps, pct_start=0.2)
    started = time.monotonic()

    for epoch in range(epochs):
        network.train()
        order, total = generator.permutation(len(inputs)), 0.0
        for start in range(0, len(inputs) - batch + 1, batch):
            chosen = order[start:start + batch]
            x = inputs[chosen] if augment is None else augment(inputs[chosen], generator)
            logits, classes = network(planes(x)), torch.from_numpy(labels[chosen]).long()
            answers = logits if isinstance(logits, tuple) else (logits,)
            loss = sum(F.cross_entropy(answer, classes, label_smoothing=smoothing) for answer in answers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:3}/{epochs}  loss {total * batch / len(inputs):.4f}  held out {accuracy(network, *heldout):.4f}"
              f"  {time.monotonic() - started:.0f} s", flush=True)

    network.eval()
    return network


def accuracy(network, inputs, labels, batch=500):
    """The share of the samples whose largest output is the right class."""
    network.eval()
    with torch.no_grad():
        right = sum((network(planes(inputs[k:k + batch])).argmax(1).numpy() == labels[k:k + batch]).sum()
                    for k in range(0, len(inputs), batch))
    return right / len(inputs)


def planes(x):
    """NHWC array to the NCHW tensor that torch computes with (stored channels last, so nothing moves)."""
    return torch.from_numpy(np.ascontiguousarray(x, dtype=np.float32)).permute(0, 3, 1, 2)
