"""embed of 1,000 photographs, against two Python processes with Pillow and ONNX Runtime

The 250 ImageNet photographs four times over, inlined in an items table, one by one through each of
two small models, OSNet x0.25 and MobileFaceNet (in the second, decoding is a third of the work); the
smaller ratio counts. The whole embed job, from table to table, in a warm JVM with master local[2],
against two Python processes that read the files, decode and resize with Pillow, and run ONNX Runtime
with one thread each. Loading is left out on both sides; each side runs three times beforehand: so
long the JVM still compiles, which a longer corpus would not notice.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from images import MODELS, ImageLoop, unpack_photographs
from pool import Workers
from product import WarmJvm, vectormill
from report import Report, median, versions

CORES = 2
COPIES = 4
TARGET = 1.0
WARM_UP = 3


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench embed-image", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="times each side runs (default 5)")
    parser.add_argument(
        "--models", nargs="+", choices=MODELS, default=["osnet-x0.25", "mobilefacenet"]
    )
    return parser.parse_args()


def image_worker(name):
    return ImageLoop(name, 1).encode


class Loop:
    def __init__(self, model):
        self.workers = Workers(CORES, image_worker, model)

    def __call__(self, files):
        start = time.perf_counter()
        self.workers.each([(files[part::CORES],) for part in range(CORES)])
        return time.perf_counter() - start


class Embed:
    def __init__(self, jvm, model, items, scratch):
        self.jvm = jvm
        self.model = MODELS[model]
        self.items = items
        self.output = scratch / "vectors"
        self.preprocessor = self.model.write_preprocessor(scratch)

    def __call__(self, files):
        shutil.rmtree(self.output, ignore_errors=True)
        return self.jvm.run(
            *("embed", "--input", self.items, "--output", self.output, "--modality", "image"),
            *("--encoder", self.model.file(), "--preprocessor", self.preprocessor),
            *("--batch-images", 1),
        )


def main():
    chosen = options()
    report = Report("bench", "embed-image", " ".join(["scripts/bench embed-image", *sys.argv[1:]]))
    report.fact("versions", versions("onnxruntime", "pillow", "numpy"))
    report.fact("threads", f"{CORES} on each side, batches of 1")
    with tempfile.TemporaryDirectory() as scratch, WarmJvm(f"local[{CORES}]") as jvm:
        scratch = Path(scratch)
        files = unpack_photographs(scratch / "photographs", COPIES)
        size = sum(file.stat().st_size for file in files)
        report.fact("input", f"{len(files)} photographs, {size / 2**20:.0f} MiB of JPEG")
        items = scratch / "items"
        vectormill(
            *("ingest", "--input", scratch / "photographs", "--output", items),
            *("--inline", "always"),
        )
        ratios = {}
        for model in chosen.models:
            sides = {"embed": Embed(jvm, model, items, scratch), "python": Loop(model)}
            ratios[model] = measure(report, model, sides, files, chosen.rounds)
    least = min(ratios, key=ratios.get)
    for model, ratio in ratios.items():
        if model != least:
            report.judge(f"ratio with {model}", ratio, TARGET)
    report.fact("model of the ratio", least)
    report.judge("ratio", ratios[least], TARGET)
    report.end()


def measure(report, model, sides, files, rounds):
    seconds = {name: [] for name in sides}
    for _ in range(WARM_UP):
        for side in sides.values():
            side(files)
    for number in range(rounds):
        for name, side in sides.items():
            taken = side(files)
            seconds[name].append(taken)
            rate = f"{len(files) / taken:.1f}"
            report.row(model=model, round=number + 1, side=name, seconds=f"{taken:.2f}", rate=rate)
    rate = {name: len(files) / median(values) for name, values in seconds.items()}
    for name, value in rate.items():
        report.row(model=model, round="median", side=name, rate=f"{value:.1f}")
    return rate["embed"] / rate["python"]


if __name__ == "__main__":
    main()
