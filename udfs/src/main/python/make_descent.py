"""Writes descent.pt: PyTorch's fused optimizers as a TorchScript module, since DJL has no names for them.

usage: make_descent.py FILE (udfs/src/main/resources/org/vectormill/udfs/engine/descent.pt)

Made with torch 2.7.1. The module holds no numbers: methods that change the arrays they are given.
"""

import sys
from typing import List

import torch
from torch import Tensor


class Descent(torch.nn.Module):
    @torch.jit.export
    def adam(
        self,
        arrays: List[Tensor],
        gradients: List[Tensor],
        means: List[Tensor],
        variances: List[Tensor],
        steps: List[Tensor],
        learning_rate: float,
        beta1: float,
        beta2: float,
        epsilon: float,
    ) -> None:
        for count in steps:
            count.add_(1)
        torch._fused_adam_(
            arrays,
            gradients,
            means,
            variances,
            [],
            steps,
            lr=learning_rate,
            beta1=beta1,
            beta2=beta2,
            weight_decay=0.0,
            eps=epsilon,
            amsgrad=False,
            maximize=False,
        )

    @torch.jit.export
    def momentum(
        self,
        arrays: List[Tensor],
        gradients: List[Tensor],
        steps: List[Tensor],
        learning_rate: float,
        momentum: float,
    ) -> None:
        torch._fused_sgd_(
            arrays,
            gradients,
            steps,
            weight_decay=0.0,
            momentum=momentum,
            lr=learning_rate,
            dampening=0.0,
            nesterov=False,
            maximize=False,
            is_first_step=False,
        )

    @torch.jit.export
    def flush(self, arrays: List[Tensor], least: float) -> None:
        for array in arrays:
            array.copy_(torch.hardshrink(array, least))


if __name__ == "__main__":
    torch.jit.script(Descent()).save(sys.argv[1])
