"""embed of 1,000 photographs, against two Python processes with Pillow and ONNX Runtime

The 250 ImageNet photographs four times over, inlined in an items table, through OSNet x0.25 one by
one (its batch-1 work is small, so decoding counts; --model names another). The whole embed job, from
table to table, in a warm JVM with master local[2], against two Python processes that read the files,
decode and resize with Pillow, and run ONNX Runtime with one thread each. Loading is left out on both
sides; each side runs once beforehand.
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


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench embed-image", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="times each side runs (default 5)")
    parser.add_argument("--model", choices=MODELS, default="osnet-x0.25")
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


def embed(jvm, chosen, items, preprocessor, output):
    shutil.rmtree(output, ignore_errors=True)
    return jvm.run(
        *("embed", "--input", items, "--output", output),
        *("--encoder", MODELS[chosen.model].file(), "--preprocessor", preprocessor),
        *("--modality", "image", "--batch-images", 1),
    )


def main():
    chosen = options()
    report = Report("bench", "embed-image", " ".join(["scripts/bench embed-image", *sys.argv[1:]]))
    report.fact("versions", versions("onnxruntime", "pillow", "numpy"))
    report.fact("model", f"{chosen.model}, batch 1")
    with tempfile.TemporaryDirectory() as scratch, WarmJvm(f"local[{CORES}]") as jvm:
        scratch = Path(scratch)
        files = unpack_photographs(scratch / "photographs", COPIES)
        size = sum(file.stat().st_size for file in files)
        report.fact("input", f"{len(files)} photographs, {size / 2**20:.0f} MiB of JPEG")
        report.fact("threads", f"{CORES} on each side")
        items = scratch / "items"
        vectormill(
            *("ingest", "--input", scratch / "photographs", "--output", items),
            *("--inline", "always"),
        )
        preprocessor = MODELS[chosen.model].write_preprocessor(scratch)
        loop = Loop(chosen.model)
        output = scratch / "vectors"
        sides = {
            "embed": lambda: embed(jvm, chosen, items, preprocessor, output),
            "python": lambda: loop(files),
        }
        measure(report, sides, len(files), chosen.rounds)
    report.end()


def measure(report, sides, count, rounds):
    seconds = {name: [] for name in sides}
    for side in sides.values():
        side()
    for number in range(rounds):
        for name, side in sides.items():
            seconds[name].append(side())
            rate = count / seconds[name][-1]
            report.row(round=number + 1, side=name, seconds=f"{seconds[name][-1]:.2f}", rate=f"{rate:.1f}")
    rate = {name: count / median(values) for name, values in seconds.items()}
    for name, value in rate.items():
        report.row(round="median", side=name, rate=f"{value:.1f}")
    report.judge("ratio", rate["embed"] / rate["python"], TARGET)


if __name__ == "__main__":
    main()
