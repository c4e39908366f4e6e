"""Rewrites ConvInteger's signed weights as unsigned ones, which gives the same products.

ONNX Runtime 1.21 runs ConvInteger for unsigned weights only, and says NOT_IMPLEMENTED for the others;
its quantiser writes signed ones by default. Both weights and their zero point are moved up by 128, so
that their difference, which is all that the operator uses, stays the same.
"""

import numpy as np
import onnx
from onnx import numpy_helper


def rewrite(source, target):
    """Writes the model at source to target with unsigned convolution weights."""
    model = onnx.load(str(source))
    names = set()
    for node in model.graph.node:
        if node.op_type == "ConvInteger":
            names.update([node.input[1], node.input[3]])
    for tensor in model.graph.initializer:
        if tensor.name in names and tensor.data_type == onnx.TensorProto.INT8:
            values = numpy_helper.to_array(tensor).astype(np.int16) + 128
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.uint8), tensor.name))
    part = target.with_suffix(".part")
    onnx.save(model, str(part))
    part.rename(target)
