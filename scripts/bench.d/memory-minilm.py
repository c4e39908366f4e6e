"""memory of 20,000 sentences through MiniLM (ONNX or TorchScript), last third over the middle one

The model's memory is native. With a heap of 4 GB, the ratio is of the resident set of the whole
process; heap in use is judged too.
"""

import argparse
import sys

import corpus
import memory
import minilm
from report import Report

parser = argparse.ArgumentParser(prog="scripts/bench memory-minilm", description=__doc__)
parser.add_argument("--engine", choices=["onnx", "torchscript"], default="onnx")
chosen = parser.parse_args()
name = "memory-minilm" if chosen.engine == "onnx" else "memory-minilm-torchscript"
report = Report("bench", name, " ".join(["scripts/bench memory-minilm", *sys.argv[1:]]))
report.fact("input", "20,000 sentences")
report.fact("engine", chosen.engine)
onnx, torchscript = minilm.folders()
encoder = onnx if chosen.engine == "onnx" else torchscript
memory.measure(report, corpus.sentences_20000(), encoder, heap="4g")
report.end()
