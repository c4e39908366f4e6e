"""embed of 20,000 sentences through MiniLM, against ONNX Runtime and sentence-transformers in Python

The whole embed job, from table to table, in a warm JVM with master local[2]. Its peers, on the same
two cores, go from a list of texts to an array: a tight ONNX Runtime loop (one process with two
threads, and two processes with one thread each; the faster of the two medians counts), and
sentence-transformers' encode. Everything that loads a model, session or process is left out on every
side; each side runs once beforehand.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import corpus  # noqa: E402
import minilm  # noqa: E402
from pool import Workers  # noqa: E402
from product import WarmJvm, vectormill  # noqa: E402
from report import Report, median, versions  # noqa: E402

CORES = 2
TARGET_LOOP = 0.95
TARGET_SENTENCE_TRANSFORMERS = 1.0


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench embed-text", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="times each side runs (default 3)")
    parser.add_argument("--sentences", type=int, default=20_000, help="how many (default 20000)")
    parser.add_argument("--batch-tokens", type=int, default=4096, help="on both sides (default 4096)")
    parser.add_argument("--skip", nargs="*", default=[], help="sides to leave out")
    return parser.parse_args()


def loop_worker(folder, threads):
    os.environ["RAYON_NUM_THREADS"] = str(threads)
    return minilm.TightLoop(folder, threads).encode


class Loop:
    """The tight loop in some processes; texts are dealt by length, so that each has the same work."""

    def __init__(self, folder, processes, batch_tokens):
        self.workers = Workers(processes, loop_worker, folder, CORES // processes)
        self.processes = processes
        self.batch_tokens = batch_tokens

    def __call__(self, texts):
        dealt = sorted(texts, key=len)
        parts = [dealt[part :: self.processes] for part in range(self.processes)]
        start = time.perf_counter()
        self.workers.each([(part, self.batch_tokens) for part in parts])
        return time.perf_counter() - start


class SentenceTransformers:
    def __init__(self):
        self.model = minilm.sentence_transformer(CORES)

    def __call__(self, texts):
        start = time.perf_counter()
        self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return time.perf_counter() - start


class Embed:
    def __init__(self, jvm, folder, items, scratch, batch_tokens):
        self.jvm = jvm
        self.folder = folder
        self.items = items
        self.scratch = scratch
        self.batch_tokens = batch_tokens

    def __call__(self, texts):
        output = self.scratch / "vectors"
        shutil.rmtree(output, ignore_errors=True)
        return self.jvm.run(
            *("embed", "--input", self.items, "--output", output, "--encoder", self.folder),
            *("--batch-tokens", self.batch_tokens),
        )


def main():
    chosen = options()
    report = Report("bench", "embed-text", " ".join(["scripts/bench embed-text", *sys.argv[1:]]))
    texts = corpus.lines(corpus.sentences_20000())[: chosen.sentences]
    report.fact("versions", versions("onnxruntime", "sentence-transformers", "torch", "tokenizers"))
    report.fact("input", f"{len(texts)} sentences, {sum(map(len, texts))} characters")
    report.fact("threads", f"{CORES} on each side; batches of at most {chosen.batch_tokens} tokens")
    folder, _ = minilm.folders()
    with tempfile.TemporaryDirectory() as scratch, WarmJvm(f"local[{CORES}]") as jvm:
        scratch = Path(scratch)
        source = scratch / "sentences.txt"
        source.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
        items = scratch / "items"
        vectormill("ingest", "--input", source, "--text-unit", "line", "--output", items)
        sides = {
            "embed": Embed(jvm, folder, items, scratch, chosen.batch_tokens),
            "loop-1x2": Loop(folder, 1, chosen.batch_tokens),
            "loop-2x1": Loop(folder, 2, chosen.batch_tokens),
            "sentence-transformers": SentenceTransformers(),
        }
        measure(report, {k: v for k, v in sides.items() if k not in chosen.skip}, texts, chosen)
    report.end()


def measure(report, sides, texts, chosen):
    warm_up = texts[:: max(1, len(texts) // 1000)]
    seconds = {name: [] for name in sides}
    for side in sides.values():
        side(warm_up)
    for number in range(chosen.rounds):
        for name, side in sides.items():
            seconds[name].append(side(texts))
            rate = len(texts) / seconds[name][-1]
            report.row(round=number + 1, side=name, seconds=f"{seconds[name][-1]:.2f}", rate=f"{rate:.1f}")
    rate = {name: len(texts) / median(values) for name, values in seconds.items()}
    for name, value in rate.items():
        report.row(round="median", side=name, rate=f"{value:.1f}")
    loops = {name: value for name, value in rate.items() if name.startswith("loop")}
    if "sentence-transformers" in rate:
        report.judge(
            "ratio to sentence-transformers",
            rate["embed"] / rate["sentence-transformers"],
            TARGET_SENTENCE_TRANSFORMERS,
        )
    if loops:
        report.fact("peer of the ratio", max(loops, key=loops.get))
        report.judge("ratio", rate["embed"] / max(loops.values()), TARGET_LOOP)


if __name__ == "__main__":
    main()
