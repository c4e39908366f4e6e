"""memory of 1,000,000 short texts through a static encoder, last third of the run over the middle one

What the heap of 4 GB holds after a collection and what the process has outside of it are judged.
"""

import argparse
import sys

import corpus
import memory
from report import Report

parser = argparse.ArgumentParser(prog="scripts/bench memory-static", description=__doc__)
parser.add_argument("--texts", type=int, default=1_000_000, help="how many (default 1000000)")
chosen = parser.parse_args()
report = Report("bench", "memory-static", " ".join(["scripts/bench memory-static", *sys.argv[1:]]))
report.fact("input", f"{chosen.texts} short texts, no two alike")
encoder = corpus.data("models", "model2vec-vocab-quantized")
memory.measure(report, corpus.short_texts(chosen.texts), encoder, heap="4g")
report.end()
