"""memory of 20,000 sentences through MiniLM (ONNX or TorchScript), last third over the middle one

The model's memory is native. What the heap of 4 GB holds after a collection and what the process has
outside of it are judged.
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
