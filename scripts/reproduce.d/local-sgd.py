"""MNIST by dec with one worker and with eight, over many seeds: a sketch in PyTorch, for a GPU

How often workers are averaged, and at which rate they go, can't be tried over many seeds by the job itself on
a few cores: one run takes half an hour. This does what the job's pretraining and clustering do (the same layers,
batches, rates, optimizers, averages of weights and moments), all workers of all seeds side by side. Five seeds of
eight workers take a minute on a large GPU; on a CPU it is for --rows of a few thousand.
"""

import argparse
import math
import sys
import time
from dataclasses import dataclass

import numpy as np
import torch
from clustering_sets import mnist_parts
from report import Report, versions
from scipy.optimize import linear_sum_assignment

WIDTHS = [784, 500, 500, 2000, 10, 2000, 500, 500, 784]
CODE = 4
RECTIFIED = [True, True, True, False, True, True, True, False]
K = 10
SHARED = 256
PIECE = 7000
# Workers, rate, averages an epoch, seeds.
DEFAULT = ["1:.001:1:15", "8:.0005:1:3", "8:.0005:4:3", "8:.0005:16:8", "8:.0005:64:3", "8:.0007:32:3", "8:.0007:64:5", "8:.001:16:3", "8:.001:64:8"]
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True)
class Setting:
    workers: int
    rate: float
    averages: int
    seeds: int

    @staticmethod
    def of(text):
        try:
            workers, rate, averages, seeds = text.split(":")
            return Setting(int(workers), float(rate), int(averages), int(seeds))
        except ValueError as e:
            raise SystemExit(f"--settings {text}: WORKERS:RATE:AVERAGES:SEEDS, such as 8:.0005:16:3") from e

    @property
    def networks(self):
        return self.seeds * self.workers

    @property
    def batch(self):
        return SHARED // self.workers


class Digits:
    def __init__(self, rows):
        images, labels = mnist_parts()
        order = np.random.default_rng(0).permutation(len(images))[:rows]
        flat = images.reshape(len(images), -1)
        self.scale = float(1 / np.sqrt(((flat / 255.0) ** 2).mean()))
        self.images = torch.from_numpy(flat[order]).to(DEVICE)
        self.labels = labels[order]

    def __len__(self):
        return len(self.labels)

    def rows(self, numbers):
        return self.images[numbers].float() * (self.scale / 255)

    def pieces(self, seeds):
        """All rows, some at a time, for each seed."""
        for begin in range(0, len(self), PIECE):
            numbers = torch.arange(begin, min(begin + PIECE, len(self)), device=DEVICE)
            yield self.rows(numbers).unsqueeze(0).expand(seeds, -1, -1)

    def accuracy(self, clusters):
        counts = np.zeros((K, K), int)
        np.add.at(counts, (clusters.cpu().numpy(), self.labels), 1)
        return counts[linear_sum_assignment(-counts)].sum() / len(self)


def through(layers, x, begin, end):
    for i in range(begin, end):
        x = torch.baddbmm(layers[2 * i + 1], x, layers[2 * i])
        if RECTIFIED[i]:
            x = torch.relu(x)
    return x


def initial(seeds):
    streams = [torch.Generator().manual_seed(seed) for seed in seeds]
    layers = []
    for i, o in zip(WIDTHS, WIDTHS[1:]):
        layers.append(torch.stack([(torch.rand(i, o, generator=one) * 2 - 1) / math.sqrt(i) for one in streams]))
        layers.append(torch.zeros(len(streams), 1, o))
    return layers


class Shards:
    """Each worker's own rows, in a new order each epoch."""

    def __init__(self, digits, setting, seeds, stream):
        self.own = len(digits) // setting.workers
        self.steps = self.own // setting.batch
        if self.steps < 1:
            raise SystemExit(f"--rows {len(digits)}: fewer than a batch of {SHARED}")
        self.setting = setting
        self.stream = torch.Generator(DEVICE).manual_seed(stream)
        dealt = [torch.randperm(len(digits), generator=torch.Generator().manual_seed(7 + seed)) for seed in seeds]
        shards = torch.stack([one[: self.own * setting.workers] for one in dealt])
        self.rows = shards.view(setting.networks, self.own).to(DEVICE)

    def order(self):
        n, batch = self.setting.networks, self.setting.batch
        order = torch.rand(n, self.own, device=DEVICE, generator=self.stream).argsort(1)[:, : self.steps * batch]
        return self.rows.gather(1, order).view(n, self.steps, batch).transpose(0, 1).contiguous()


class Steps:
    """Steps of all networks at once; on a GPU they are recorded once, and run again without Python between them."""

    def __init__(self, shards, step, state):
        self.order = shards.order()
        self.next = torch.zeros(1, dtype=torch.long, device=DEVICE)
        self.step = step
        self.recorded = self._record(state) if DEVICE == "cuda" else None

    def _one(self):
        self.step(self.order.index_select(0, self.next)[0])
        self.next += 1

    def _record(self, state):
        before = [one.clone() for one in state]
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self.next.zero_()
                self._one()
        torch.cuda.current_stream().wait_stream(side)
        recorded = torch.cuda.CUDAGraph()
        self.next.zero_()
        with torch.cuda.graph(recorded):
            self._one()
        for one, old in zip(state, before):
            one.copy_(old)
        return recorded

    def run(self, begin, end):
        self.next.fill_(begin)
        for _ in range(begin, end):
            if self.recorded:
                self.recorded.replay()
            else:
                self._one()


def average(state, setting):
    if setting.workers > 1:
        for one in state:
            workers = one.view(setting.seeds, setting.workers, *one.shape[1:])
            workers.copy_(workers.mean(1, keepdim=True).expand_as(workers))


def first_workers(arrays, setting):
    return [one.detach().view(setting.seeds, setting.workers, *one.shape[1:])[:, 0].contiguous() for one in arrays]


def for_workers(arrays, setting):
    return [one.repeat_interleave(setting.workers, 0).contiguous().to(DEVICE).requires_grad_() for one in arrays]


def pretrained(digits, setting, seeds, epochs):
    layers = for_workers(initial(seeds), setting)
    first, second = ([torch.zeros_like(one) for one in layers] for _ in range(2))
    counts = [torch.zeros((), device=DEVICE) for _ in layers]
    rate = torch.zeros((), device=DEVICE)

    def step(numbers):
        x = digits.rows(numbers)
        loss = (through(layers, x, 0, 2 * CODE) - x).square().mean((1, 2)).sum()
        found = torch.autograd.grad(loss, layers)
        with torch.no_grad():
            torch._foreach_add_(counts, 1.0)
            torch._fused_adam_(
                *([one.detach() for one in layers], list(found), first, second, [], counts),
                **dict(lr=rate if DEVICE == "cuda" else float(rate), beta1=0.9, beta2=0.999),
                **dict(weight_decay=0.0, eps=1e-8, amsgrad=False, maximize=False),
            )

    shards = Shards(digits, setting, seeds, 99 + seeds[0])
    state = [one.detach() for one in layers] + first + second
    steps = Steps(shards, step, state + counts)
    for epoch in range(epochs):
        steps.order.copy_(shards.order())
        rate.fill_(setting.rate * 0.5 * (1 + math.cos(math.pi * epoch / epochs)))
        for part in range(setting.averages):
            steps.run(part * shards.steps // setting.averages, (part + 1) * shards.steps // setting.averages)
            average(state, setting)
    return first_workers(layers, setting)


@torch.no_grad()
def loss_of_rows(digits, layers, seeds):
    sums = sum((through(layers, x, 0, 2 * CODE) - x).square().mean(2).sum(1) for x in digits.pieces(seeds))
    return (sums / len(digits)).mean().item()


@torch.no_grad()
def codes(digits, layers, seeds):
    return torch.cat([through(layers, x, 0, CODE) for x in digits.pieces(seeds)], 1)


def distances(rows, centroids):
    return (rows.unsqueeze(0) - centroids).square().sum(2)


def kmeans(rows, seed, restarts=20, candidates=4, passes=200):
    """The best of several, each begun by k-means++."""
    stream = torch.Generator(DEVICE).manual_seed(seed)
    every = torch.arange(restarts, device=DEVICE)
    centroids = rows[torch.randint(len(rows), (restarts, 1), generator=stream, device=DEVICE)]
    nearest = distances(rows, centroids)
    for _ in range(1, K):
        drawn = torch.multinomial(nearest, candidates, replacement=True, generator=stream)
        then = torch.stack([torch.minimum(nearest, distances(rows, rows[drawn[:, j]].unsqueeze(1))) for j in range(candidates)])
        best = then.sum(2).argmin(0)
        nearest = then[best, every]
        centroids = torch.cat([centroids, rows[drawn[every, best]].unsqueeze(1)], 1)
    for _ in range(passes):
        far = centroids.square().sum(2).unsqueeze(1) - 2 * torch.matmul(rows.unsqueeze(0), centroids.transpose(1, 2))
        least, clusters = far.min(2)
        member = torch.zeros_like(far).scatter_(2, clusters.unsqueeze(2), 1.0)
        counts = member.sum(1).unsqueeze(2)
        means = torch.matmul(member.transpose(1, 2), rows.unsqueeze(0)) / counts.clamp(min=1)
        centroids = torch.where(counts > 0, means, centroids)
    chosen = least.sum(1).argmin()
    return centroids[chosen], clusters[chosen]


def soft(codes_, centroids):
    squared = codes_.square().sum(-1, keepdim=True) + centroids.square().sum(-1).unsqueeze(-2)
    q = 1 / (1 + (squared - 2 * codes_ @ centroids.transpose(-1, -2)).clamp(min=0))
    return q / q.sum(-1, keepdim=True)


def clustered(digits, layers, setting, seeds, rate=0.01, most=100, tolerance=0.001):
    """Accuracies of the k-means that DEC begins with, and of DEC."""
    found = codes(digits, layers, setting.seeds)
    starts = [kmeans(found[i], seed) for i, seed in enumerate(seeds)]
    arrays = for_workers(layers[: 2 * CODE] + [torch.stack([centroids for centroids, _ in starts])], setting)
    momentum = [torch.zeros_like(one) for one in arrays]
    target = torch.zeros(setting.seeds, len(digits), K, device=DEVICE)
    seed_of = (torch.arange(setting.networks, device=DEVICE) // setting.workers).unsqueeze(1)

    def step(numbers):
        q = soft(through(arrays, digits.rows(numbers), 0, CODE), arrays[-1]).clamp(min=1e-12)
        p = target[seed_of, numbers]
        loss = (p * (p.clamp(min=1e-12).log() - q.log())).sum(2).mean(1).sum()
        gradients = list(torch.autograd.grad(loss, arrays))
        with torch.no_grad():
            torch._foreach_mul_(momentum, 0.9)
            torch._foreach_add_(momentum, gradients)
            torch._foreach_add_([one.detach() for one in arrays], momentum, alpha=-rate)

    shards = Shards(digits, setting, seeds, 5 + seeds[0])
    state = [one.detach() for one in arrays] + momentum
    steps, before, ended = None, None, [None] * setting.seeds
    for refresh in range(most):
        now = first_workers(arrays, setting)
        with torch.no_grad():
            q = soft(codes(digits, now, setting.seeds), now[-1])
        hard = q.argmax(2)
        if before is not None:
            changed = (hard != before).float().mean(1).tolist()
            for i, share in enumerate(changed):
                if ended[i] is None and (share < tolerance or refresh == most - 1):
                    ended[i] = digits.accuracy(hard[i])
            if all(ended):
                break
        before = hard
        p = q.square() / q.sum(1, keepdim=True)
        target.copy_(p / p.sum(2, keepdim=True))
        steps = steps or Steps(shards, step, state)
        steps.order.copy_(shards.order())
        steps.run(0, shards.steps)
        average(state, setting)
    return [digits.accuracy(clusters) for _, clusters in starts], ended


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce local-sgd", description=__doc__)
    parser.add_argument("--settings", nargs="+", default=DEFAULT, help=f"WORKERS:RATE:AVERAGES:SEEDS (default {' '.join(DEFAULT)})")
    parser.add_argument("--epochs", type=int, default=50, help="of pretraining (default 50)")
    parser.add_argument("--rows", type=int, default=70_000, help="the first of them, shuffled (default 70000)")
    return parser.parse_args()


def main():
    asked = options()
    report = Report("reproduce", "local-sgd", " ".join(["scripts/reproduce local-sgd", *sys.argv[1:]]))
    report.fact("versions", versions("torch", "numpy"))
    report.fact("device", torch.cuda.get_device_name() if DEVICE == "cuda" else "cpu")
    torch.set_flush_denormal(True)
    digits = Digits(asked.rows)
    for setting in map(Setting.of, asked.settings):
        begin = time.perf_counter()
        seeds = list(range(1, setting.seeds + 1))
        layers = pretrained(digits, setting, seeds, asked.epochs)
        start, dec = clustered(digits, layers, setting, seeds)
        report.row(
            workers=setting.workers,
            rate=setting.rate,
            averages=setting.averages,
            seeds=setting.seeds,
            loss=f"{loss_of_rows(digits, layers, setting.seeds):.4f}",
            start=f"{np.mean(start):.3f}",
            dec=f"{np.mean(dec):.3f}",
            lowest=f"{min(dec):.3f}",
            highest=f"{max(dec):.3f}",
            seconds=round(time.perf_counter() - begin),
        )
    report.end()


if __name__ == "__main__":
    main()
