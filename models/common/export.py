# SPDX-License-Identifier: MIT
"""Writes what the quantizer reads: graph.json, weights.bin and two sample sets. models/README.md has the format."""
import argparse
import json
import pathlib

import numpy as np


def output_directory():
    """The directory given on the command line with --out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True, type=pathlib.Path, help="directory for the float model and the sample sets")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    return out


def export(out, network, name, description, labels, model_input, calibration, heldout, percentile=100):
    """`calibration` and `heldout` are pairs of NHWC inputs and integer labels; models/README.md says what `percentile` is."""
    weights = bytearray()
    layers = [_layer(layer, network, weights) for layer in network.layers if layer["kind"] != "dropout"]
    _skip_dropout(layers, network.layers)
    graph = {
        "name": name,
        "description": description,
        "labels": labels,
        "input": model_input,
        "percentile": percentile,
        "layers": layers,
    }
    (out / "graph.json").write_text(json.dumps(graph, indent=1) + "\n")
    (out / "weights.bin").write_bytes(bytes(weights))
    for file, (inputs, classes) in (("calibration", calibration), ("heldout", heldout)):
        (out / f"{file}.bin").write_bytes(inputs.astype("<f4").tobytes())
        (out / f"{file}.labels").write_bytes(classes.astype(np.uint8).tobytes())


def _layer(layer, network, weights):
    layer = {key: value for key, value in layer.items()}
    tensors = _tensors(layer, network)
    for tensor, values in tensors.items():
        layer[tensor] = {"shape": list(values.shape), "offset": len(weights)}
        weights += values.astype("<f4").tobytes()
    return layer


def _tensors(layer, network):
    """The layer's constants in TensorFlow Lite's order of dimensions."""
    kind = layer["kind"]
    if layer["name"] not in network.parts:
        return {}
    part = network.parts[layer["name"]]
    values = {key: value.detach().numpy() for key, value in part.state_dict().items()}
    if kind == "conv_2d":
        return {"weights": values["weight"].transpose(0, 2, 3, 1)}
    if kind == "binary_conv_2d":
        return {"weights": np.where(values["weight"] < 0, -1.0, 1.0).transpose(0, 2, 3, 1)}
    if kind == "depthwise_conv_2d":
        return {"weights": values["weight"].transpose(1, 2, 3, 0)}
    if kind == "fully_connected":
        return {"weights": values["weight"], "bias": values["bias"]}
    layer["epsilon"] = part.eps
    return {"gamma": values["weight"], "beta": values["bias"], "mean": values["running_mean"], "variance": values["running_var"]}


def _skip_dropout(layers, all_layers):
    source = {layer["name"]: layer["inputs"][0] for layer in all_layers if layer["kind"] == "dropout"}
    for layer in layers:
        layer["inputs"] = [source.get(name, name) for name in layer["inputs"]]
