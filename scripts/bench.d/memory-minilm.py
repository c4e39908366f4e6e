"""memory of 20,000 sentences through MiniLM (ONNX or TorchScript), last third over the middle one

The model's memory is native. The heap may grow to 4 GB; what it holds after a collection and what the
process has outside of it are judged.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import corpus
import memory
import minilm
from report import Report

parser = argparse.ArgumentParser(prog="scripts/bench memory-minilm", description=__doc__)
parser.add_argument("--engine", choices=["onnx", "torchscript"], default="onnx")
parser.add_argument("--times", type=int, default=1, help="the sentences so many times over (default 1)")
chosen = parser.parse_args()
name = "memory-minilm" if chosen.engine == "onnx" else "memory-minilm-torchscript"
report = Report("bench", name, " ".join(["scripts/bench memory-minilm", *sys.argv[1:]]))
report.fact("input", "20,000 sentences" + (f", {chosen.times} times over" if chosen.times > 1 else ""))
report.fact("engine", chosen.engine)
onnx, torchscript = minilm.folders()
encoder = onnx if chosen.engine == "onnx" else torchscript
with tempfile.TemporaryDirectory() as scratch:
    texts = Path(scratch, "sentences.txt")
    texts.write_bytes(corpus.sentences_20000().read_bytes() * chosen.times)
    memory.measure(report, texts, encoder, heap="4g")
report.end()
