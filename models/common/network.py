# SPDX-License-Identifier: MIT
"""A network as a list of layers: the one description that is trained, exported and quantized.

A layer is a dict: `kind`, the attributes of that kind, and optionally `name` and `inputs` (names of earlier
layers; the layer just before when absent). The name "input" means the input of the network. Attributes are
TensorFlow's: shapes are NHWC, padding is "same" or "valid" by TensorFlow's rule.
"""
import torch
from torch import nn
from torch.nn import functional as F


def conv(name, filters, kernel, stride=(1, 1), padding="same", relu=True):
    """Convolution, batch normalisation and, unless told otherwise, ReLU; the last of them has the name."""
    return _normalised(name, {"kind": "conv_2d", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding}, relu)


def depthwise(name, kernel, stride=(1, 1), padding="same"):
    """Depthwise convolution, batch normalisation and ReLU; the last of them has the name."""
    return _normalised(name, {"kind": "depthwise_conv_2d", "kernel": kernel, "stride": stride, "padding": padding}, True)


def binary(name, filters, kernel, stride=(1, 1), relu=False):
    """Signs, their convolution with weights of +-1, ReLU if told so, and batch normalisation. Padding is +1, as bits have no zero."""
    layer = {"kind": "binary_conv_2d", "filters": filters, "kernel": kernel, "stride": stride, "padding": "same"}
    return [{"kind": "sign"}, layer, *[{"kind": "relu"}] * relu, {"kind": "batch_norm", "name": name}]


def pool(name, kind, kernel):
    """Windows of this size side by side; `kind` is "max" or "average"."""
    return {"kind": f"{kind}_pool_2d", "kernel": kernel, "stride": kernel, "padding": "valid", "name": name}


def classifier(units, dropout=0.0):
    """Flat, dense, softmax."""
    return [{"kind": "flatten", "name": "flat"}, {"kind": "dropout", "rate": dropout},
            {"kind": "fully_connected", "units": units, "name": "dense"}, {"kind": "softmax", "name": "probabilities"}]


def gate(name, early, late, threshold):
    """The probabilities `early` where the largest is at least `threshold`, else `late`, which is computed only then."""
    return {"kind": "gate", "name": name, "inputs": [early, late], "threshold": threshold}


def reading(source, layers):
    """The layers, the first of which reads the layer named `source` instead of the one before it."""
    return [{**layers[0], "inputs": [source]}, *layers[1:]]


def _normalised(name, layer, relu):
    layers = [layer, {"kind": "batch_norm"}] + [{"kind": "relu"}] * relu
    layers[-1] = {**layers[-1], "name": name}
    return layers


def named(layers):
    """The layers with `name` and `inputs` filled in; names that are absent become kind_index."""
    previous, result = "input", []
    for index, layer in enumerate(layers):
        layer = {"name": f"{layer['kind']}_{index}", "inputs": [previous], **layer}
        previous = layer["name"]
        result.append(layer)
    return result


class Network(nn.Module):
    """Runs the layers on NCHW batches. Softmax is left out: the loss works on logits. In training a gate gives both of its inputs."""

    def __init__(self, layers, input_shape):
        super().__init__()
        self.layers = named(layers)
        self.parts = nn.ModuleDict()
        shapes = {"input": tuple(input_shape[1:])}
        for layer in self.layers:
            shapes[layer["name"]] = self._add(layer, shapes[layer["inputs"][0]])

    def forward(self, x):
        values = {"input": x}
        for layer in self.layers:
            if layer["kind"] != "softmax":
                x = self._run(layer, [values[name] for name in layer["inputs"]])
            values[layer["name"]] = x
        return x

    def _add(self, layer, shape):
        kind, part = layer["kind"], None
        if kind in ("conv_2d", "depthwise_conv_2d", "binary_conv_2d"):
            groups = shape[2] if kind == "depthwise_conv_2d" else 1
            filters = layer.get("filters", shape[2])
            part = nn.Conv2d(shape[2], filters, tuple(layer["kernel"]), tuple(layer["stride"]), groups=groups, bias=False)
            shape = (*_window(shape, layer), filters)
        elif kind == "batch_norm":
            part = nn.BatchNorm2d(shape[2])
        elif kind in ("max_pool_2d", "average_pool_2d"):
            shape = (*_window(shape, layer), shape[2])
        elif kind == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif kind == "fully_connected":
            part = nn.Linear(shape[0], layer["units"])
            shape = (layer["units"],)
        if part is not None:
            self.parts[layer["name"]] = part
        return shape

    def _run(self, layer, inputs):
        kind, x = layer["kind"], inputs[0]
        if kind in ("conv_2d", "depthwise_conv_2d"):
            return self.parts[layer["name"]](_pad(x, layer))
        if kind == "binary_conv_2d":
            return F.conv2d(_pad(x, layer, 1), Sign.apply(self.parts[layer["name"]].weight), stride=tuple(layer["stride"]))
        if kind == "sign":
            return Sign.apply(x)
        if kind in ("batch_norm", "fully_connected"):
            return self.parts[layer["name"]](x)
        if kind == "relu":
            return F.relu(x)
        if kind == "max_pool_2d":
            return F.max_pool2d(x, tuple(layer["kernel"]), tuple(layer["stride"]))
        if kind == "average_pool_2d":
            return F.avg_pool2d(x, tuple(layer["kernel"]), tuple(layer["stride"]))
        if kind == "flatten":
            return x.permute(0, 2, 3, 1).flatten(1)
        if kind == "dropout":
            return F.dropout(x, layer["rate"], self.training)
        if kind == "add":
            return inputs[0] + inputs[1]
        if kind == "gate":
            sure = F.softmax(inputs[0], 1).amax(1, keepdim=True) >= layer["threshold"]
            return (inputs[0], inputs[1]) if self.training else torch.where(sure, inputs[0], inputs[1])
        raise ValueError(f"layer kind '{kind}' is not known")


class Sign(torch.autograd.Function):
    """-1 below 0, else +1. The gradient passes straight through where the input lies within +-1 (Hubara et al., arXiv:1602.02830)."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x < 0, -1.0, 1.0)

    @staticmethod
    def backward(ctx, gradient):
        return gradient * (ctx.saved_tensors[0].abs() <= 1)


def _window(shape, layer):
    same = layer["padding"] == "same"
    return tuple((n + s - 1) // s if same else (n - k) // s + 1
                 for n, k, s in zip(shape, layer["kernel"], layer["stride"]))


def _pad(x, layer, value=0):
    """TensorFlow's SAME padding: when the total is odd, the extra row or column comes after."""
    if layer["padding"] == "valid":
        return x
    (top, bottom), (left, right) = (_same(n, k, s) for n, k, s in zip(x.shape[2:], layer["kernel"], layer["stride"]))
    return F.pad(x, (left, right, top, bottom), value=value)


def _same(size, kernel, stride):
    total = max(((size + stride - 1) // stride - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
