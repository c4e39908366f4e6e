"""an epoch of DEC's pretraining on MNIST (784-500-500-2000-10 and back), against the same in PyTorch

Mean squared error, Adam, batches of 256, float32, two threads on both sides, 70,000 rows in memory.
Ours is the job (cluster --algorithm dec): a difference of two runs of some epochs, so that reading the
table, starting and all that comes after pretraining are left out. PyTorch runs the same steps on a
tensor. The ratio is PyTorch's time over ours; 1 / 1.2 is the target.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import torch
from clustering_sets import SETS, prepared
from product import WarmJvm
from report import Report, median, versions

THREADS = 2
WIDTHS = [784, 500, 500, 2000, 10]
BATCH = 256
TARGET = 1 / 1.2


def network():
    layers = []
    for widths in (WIDTHS, WIDTHS[::-1]):
        for i in range(4):
            layers.append(torch.nn.Linear(widths[i], widths[i + 1]))
            if i < 3:
                layers.append(torch.nn.ReLU())
    return torch.nn.Sequential(*layers)


def run_torch(rows, epochs):
    """Seconds an epoch."""
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    model = network()
    adam = torch.optim.Adam(model.parameters(), lr=0.001)
    begin = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(rows))
        for start in range(0, len(rows), BATCH):
            x = rows[order[start : start + BATCH]]
            loss = torch.nn.functional.mse_loss(model(x), x)
            adam.zero_grad()
            loss.backward()
            adam.step()
            loss.item()
    return (time.perf_counter() - begin) / epochs


def run_ours(jvm, table, folder, epochs):
    """Seconds of training with so many epochs and one refresh."""
    result, output = folder / "result.json", folder / "out"
    shutil.rmtree(output, ignore_errors=True)
    jvm.run(
        "cluster", "--algorithm", "dec", "--input", table, "--output", output, "--k", 10,
        "--epochs", epochs, "--schedule", "constant", "--max-refreshes", 1, "--restarts", 1, "--threads", THREADS,
        "--no-describe-clusters", "--result", result,
    )  # fmt: skip
    return json.loads(result.read_text())["seconds_by_stage"]["dec"]


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench dec", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times each side runs (default 3)")
    asked = parser.parse_args()
    report = Report("bench", "dec", " ".join(["scripts/bench dec", *sys.argv[1:]]))
    report.fact("versions", versions("torch", "numpy"))
    table = prepared(SETS["mnist"])
    read = pq.ParquetDataset(sorted(table.glob("wave=*/*.parquet"))).read(["vector"])
    values = read["vector"].combine_chunks().flatten().to_numpy().reshape(len(read), -1)
    rows = torch.from_numpy(np.ascontiguousarray(values / np.sqrt((values**2).mean())))
    report.fact("input", f"{len(rows)} x {rows.shape[1]}")
    theirs, ours = [], []
    with tempfile.TemporaryDirectory(prefix="vectormill-bench-") as name:
        folder = Path(name)
        with WarmJvm(f"local[{THREADS}]", heap="6g") as jvm:
            run_ours(jvm, table, folder, 1)
            for number in range(asked.rounds):
                short, long = (run_ours(jvm, table, folder, epochs) for epochs in (1, 3))
                epoch = (long - short) / 2
                peer = run_torch(rows, 2)
                report.row(round=number + 1, ours=f"{epoch:.2f}", torch=f"{peer:.2f}")
                ours.append(epoch)
                theirs.append(peer)
    report.judge("ratio", median(theirs) / median(ours), round(TARGET, 3))
    report.end()


if __name__ == "__main__":
    main()
