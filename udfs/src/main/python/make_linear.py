"""Writes linear.pt and linear-onednn.pt: matrix products, and dense layers there and back, as TorchScript modules.

usage: make_linear.py FOLDER plain|onednn (udfs/src/main/resources/org/vectormill/udfs/engine)

Made with torch 2.7.1. The modules hold no numbers. One takes PyTorch's own product, whatever the
device; the other oneDNN's, which PyTorch's builds for x86 have for a CPU, but take for float32 only
where its compiler puts it. That one reads weights and gradients as they lie, transposed or not.
"""

import sys
from pathlib import Path
from typing import List, Optional

import torch
from torch import Tensor


def plain(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    return torch._C._nn.linear(x, weight, bias)


def onednn(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    return torch.ops.mkldnn._linear_pointwise(x, weight, bias, "none", [], "")


class Linear(torch.nn.Module):
    @torch.jit.export
    def product(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
        return linear(x, weight, bias)

    @torch.jit.export
    def largest(self, x: Tensor, weight: Tensor, bias: Tensor) -> List[Tensor]:
        """Each row's largest entry, and where it is first."""
        entries, numbers = linear(x, weight, bias).max(1)
        return [entries, numbers]

    @torch.jit.export
    def layers(
        self, x: Tensor, weights: List[Tensor], biases: List[Tensor], rectified: List[bool]
    ) -> List[Tensor]:
        """x, and what each layer makes of what the one before it made.

        A weight is (inputs, outputs).
        """
        made = [x]
        for i in range(len(weights)):
            y = linear(made[i], weights[i].t(), biases[i])
            # oneDNN would rectify too, but makes 0 of what is no number, and divergence must be seen.
            made.append(y.relu_() if rectified[i] else y)
        return made

    @torch.jit.export
    def gradients(
        self, gradient: Tensor, made: List[Tensor], weights: List[Tensor], rectified: List[bool], of_x: bool
    ) -> List[Tensor]:
        """The loss's gradients, from its gradient by the last layer's output.

        By each weight and each bias, the last layer's bias first, its weight next; last by x, where asked.
        """
        found: List[Tensor] = []
        g = gradient
        for back in range(len(weights)):
            i = len(weights) - 1 - back
            if rectified[i]:
                g = torch.ops.aten.threshold_backward(g, made[i + 1], 0)
            found.append(g.sum(0))
            found.append(linear(made[i].t(), g.t(), None))
            if i > 0 or of_x:
                g = linear(g, weights[i], None)
        if of_x:
            found.append(g)
        return found

    @torch.jit.export
    def moves(self, x: Tensor) -> bool:
        """Whether a gradient by x is of use."""
        return x.requires_grad

    def forward(self, x: Tensor) -> Tensor:
        return x


if __name__ == "__main__":
    # A compiled class keeps the function that it first saw under a name, so each is made anew.
    name, linear = ("linear", plain) if sys.argv[2] == "plain" else ("linear-onednn", onednn)
    torch.jit.script(Linear()).save(Path(sys.argv[1], f"{name}.pt"))
