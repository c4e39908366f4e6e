"""Writes tiny ONNX and TorchScript networks, and what Python's engines compute with them.

usage: make_networks.py FOLDER (udfs/src/test/resources/networks)

Made with torch 2.7.1, onnx 1.18.0 and onnxruntime 1.21.1. Golden values are in goldens.tsv, one
row each: network, output, shape, values. The input of every network is input(), by value.
"""

import os
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

SIDE = 4
CHANNELS = 6
FLOAT = TensorProto.FLOAT


def image_input(rows, dtype=np.float32):
    """Value k of the flattened input is (k * 37 % 101) / 101 - 0.3: easy to make anywhere."""
    k = np.arange(rows * 3 * SIDE * SIDE)
    return ((k * 37 % 101) / 101 - 0.3).astype(dtype).reshape(rows, 3, SIDE, SIDE)


def weights(*shape):
    return np.random.default_rng(7).standard_normal(shape).astype(np.float32)


def info(name, element, shape):
    return helper.make_tensor_value_info(name, element, shape)


def save(folder, name, nodes, inputs, outputs, initializers, external=None):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model.producer_name = "vectormill"
    onnx.checker.check_model(model)
    path = folder / f"{name}.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {}
    if external:
        options = dict(save_as_external_data=True, location=external, size_threshold=0)
        (path.parent / external).unlink(missing_ok=True)
    onnx.save(model, str(path), **options)
    return path


def conv_nodes(element=FLOAT):
    nodes = [
        helper.make_node("Conv", ["pixels", "w"], ["features"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["features"], ["active"]),
        helper.make_node("ReduceMean", ["active"], ["pooled"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["pooled", "m"], ["scores"]),
    ]
    dtype = helper.tensor_dtype_to_np_dtype(element)
    initializers = [
        numpy_helper.from_array(weights(CHANNELS, 3, 3, 3).astype(dtype), "w"),
        numpy_helper.from_array(weights(CHANNELS, 5).astype(dtype), "m"),
    ]
    return nodes, initializers


def conv(folder, name, batch="batch", element=FLOAT, external=None):
    nodes, initializers = conv_nodes(element)
    pixels = info("pixels", element, [batch, 3, SIDE, SIDE])
    return save(
        folder, name, nodes, [pixels], [info("scores", element, [batch, 5])], initializers, external
    )


def tokens(folder):
    """int32 ids and int64 mask to [batch, length, 4]; a looked-up row times the mask."""
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=FLOAT),
        helper.make_node("Unsqueeze", ["mask", "axis"], ["wide"]),
        helper.make_node("Mul", ["rows", "wide"], ["last_hidden_state"]),
    ]
    initializers = [
        numpy_helper.from_array(weights(11, 4), "table"),
        numpy_helper.from_array(np.array([2]), "axis"),
    ]
    inputs = [
        info("input_ids", TensorProto.INT32, ["batch", "length"]),
        info("attention_mask", TensorProto.INT64, ["batch", "length"]),
    ]
    outputs = [info("last_hidden_state", FLOAT, ["batch", "length", 4])]
    return save(folder, "tokens", nodes, inputs, outputs, initializers)


def casts(folder):
    """One output of each element type."""
    types = {
        "half": TensorProto.FLOAT16,
        "brain": TensorProto.BFLOAT16,
        "double": TensorProto.DOUBLE,
        "signed": TensorProto.INT8,
        "unsigned": TensorProto.UINT8,
        "whole": TensorProto.INT32,
        "long": TensorProto.INT64,
        "truth": TensorProto.BOOL,
    }
    nodes = [helper.make_node("Mul", ["pixels", "hundred"], ["scaled"])]
    nodes.append(helper.make_node("Abs", ["scaled"], ["positive"]))
    for name, element in types.items():
        source = "positive" if name == "unsigned" else "scaled"
        nodes.append(helper.make_node("Cast", [source], [name], to=element))
    outputs = [info(name, element, ["batch", 3, SIDE, SIDE]) for name, element in types.items()]
    initializers = [numpy_helper.from_array(np.array([100], dtype=np.float32), "hundred")]
    pixels = info("pixels", FLOAT, ["batch", 3, SIDE, SIDE])
    return save(folder, "casts", nodes, [pixels], outputs, initializers)


def uint8(folder):
    """uint8 pixels, channels last, to their mean over positions."""
    nodes = [
        helper.make_node("Cast", ["pixels"], ["values"], to=FLOAT),
        helper.make_node("ReduceMean", ["values"], ["mean"], axes=[1, 2], keepdims=0),
    ]
    pixels = info("pixels", TensorProto.UINT8, ["batch", SIDE, SIDE, 3])
    return save(folder, "uint8", nodes, [pixels], [info("mean", FLOAT, ["batch", 3])], [])


class Features(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, CHANNELS, 3, padding=1, bias=False)
        self.conv.weight.data = torch.from_numpy(weights(CHANNELS, 3, 3, 3))


class Single(Features):
    def forward(self, pixels):
        return torch.relu(self.conv(pixels)).mean((2, 3))


class Pair(Features):
    def forward(self, pixels):
        features = torch.relu(self.conv(pixels))
        return features.mean((2, 3)), features


class Named(Features):
    def forward(self, pixels):
        features = torch.relu(self.conv(pixels))
        return {"pooled": features.mean((2, 3)), "features": features}


class Tokens(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.table = torch.nn.Embedding(11, 4)
        self.table.weight.data = torch.from_numpy(weights(11, 4))

    def forward(self, input_ids, attention_mask):
        return self.table(input_ids) * attention_mask.unsqueeze(-1)


def torchscript(folder):
    example = torch.from_numpy(image_input(2))
    modules = {}
    for name, module in (("single", Single()), ("pair", Pair()), ("named", Named())):
        modules[name] = torch.jit.trace(module.eval(), example, strict=False)
    modules["half"] = torch.jit.trace(Single().eval().half(), example.half())
    modules["brain"] = torch.jit.trace(Single().eval().bfloat16(), example.bfloat16())
    ids = torch.tensor([[1, 2, 3], [4, 5, 0]])
    modules["tokens"] = torch.jit.trace(Tokens().eval(), (ids, torch.ones_like(ids)))
    brain = Tokens().eval().bfloat16()
    modules["brain-tokens"] = torch.jit.trace(brain, (ids, torch.ones_like(ids)))
    for name, module in modules.items():
        torch.jit.save(module, str(folder / f"{name}.pt"))
    return modules


def golden(rows, network, output, array):
    array = np.asarray(array, dtype=np.float64)
    shape = ",".join(map(str, array.shape))
    values = ",".join(repr(float(np.float32(value))) for value in array.ravel())
    rows.append(f"{network}\t{output}\t{shape}\t{values}")


def onnx_goldens(rows, name, path, feed, outputs):
    model = onnx.load(str(path))
    have = {output.name for output in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=o) for o in outputs if o not in have)
    copy = path.with_suffix(".copy")
    onnx.save(model, str(copy))
    session = onnxruntime.InferenceSession(str(copy), providers=["CPUExecutionProvider"])
    for output, array in zip(outputs, session.run(outputs, feed)):
        golden(rows, name, output, array)
    copy.unlink()


def signed(folder):
    """A quantised convolution with signed weights, which ONNX Runtime on a CPU has no kernel for."""
    nodes = [helper.make_node("ConvInteger", ["pixels", "w"], ["scores"], pads=[1, 1, 1, 1])]
    shape = [None, 3, SIDE, SIDE]
    w = np.sign(weights(CHANNELS, 3, 3, 3)).astype(np.int8)
    save(
        folder,
        "signed",
        nodes,
        [info("pixels", TensorProto.UINT8, shape)],
        [info("scores", TensorProto.INT32, [None, CHANNELS, SIDE, SIDE])],
        [numpy_helper.from_array(w, "w")],
    )


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    rows = []
    three = {"pixels": image_input(3)}
    onnx_goldens(rows, "conv", conv(folder, "conv"), three, ["scores", "pooled", "active"])
    conv(folder, "fixed", batch=2)
    conv(folder, "external/model", external="model.onnx_data")
    signed(folder)
    half = {"pixels": image_input(3, np.float16)}
    onnx_goldens(rows, "half", conv(folder, "half", element=TensorProto.FLOAT16), half, ["scores"])
    ids = {
        "input_ids": np.array([[1, 2, 3], [4, 5, 0]], dtype=np.int32),
        "attention_mask": np.array([[1, 1, 1], [1, 1, 0]]),
    }
    onnx_goldens(rows, "tokens", tokens(folder), ids, ["last_hidden_state"])
    path = casts(folder)
    names = ["half", "double", "signed", "unsigned", "whole", "long"]
    onnx_goldens(rows, "casts", path, {"pixels": image_input(1)}, names)
    brain = torch.from_numpy(image_input(1)).mul(100).bfloat16().float().numpy()
    golden(rows, "casts", "brain", brain)
    uint8(folder)
    modules = torchscript(folder)
    with torch.inference_mode():
        pixels = torch.from_numpy(image_input(3))
        golden(rows, "single.pt", "0", modules["single"](pixels))
        for i, array in enumerate(modules["pair"](pixels)):
            golden(rows, "pair.pt", str(i), array)
        for name, array in modules["named"](pixels).items():
            golden(rows, "named.pt", name, array)
        golden(rows, "half.pt", "0", modules["half"](pixels.half()).float())
        texts = torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([[1, 1, 1], [1, 1, 0]])
        golden(rows, "tokens.pt", "0", modules["tokens"](*texts))
        golden(rows, "brain-tokens.pt", "0", modules["brain-tokens"](*texts).float())
    (folder / "goldens.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
