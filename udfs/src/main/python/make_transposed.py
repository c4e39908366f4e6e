"""Writes transposed.pt: a transposed convolution as a TorchScript module, since DJL has no name for it.

usage: make_transposed.py FILE (udfs/src/main/resources/org/vectormill/udfs/engine/transposed.pt)

Made with torch 2.7.1. The module holds no numbers.
"""

import sys
from typing import List

import torch
from torch import Tensor


class Transposed(torch.nn.Module):
    def forward(self, x: Tensor, weight: Tensor, bias: Tensor, geometry: Tensor) -> Tensor:
        """weight is (outputs, inputs, kernel, kernel), the kernel turned around.

        geometry, in the processor's memory: stride, padding, height and width of what comes out.
        """
        sizes: List[int] = geometry.tolist()
        stride, padding, height, width = sizes
        kernel = weight.size(2)
        more = [
            height - ((x.size(2) - 1) * stride + kernel - 2 * padding),
            width - ((x.size(3) - 1) * stride + kernel - 2 * padding),
        ]
        return torch.conv_transpose2d(
            x, weight.flip([2, 3]).transpose(0, 1), bias, [stride, stride], [padding, padding], more
        )


if __name__ == "__main__":
    torch.jit.script(Transposed()).save(sys.argv[1])
