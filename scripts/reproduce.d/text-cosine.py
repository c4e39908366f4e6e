"""cosine of 1,000 texts' vectors to sentence-transformers' own, both engines, any batches and tasks

The texts have from one word to thousands; some are German. Every combination of engine, batch budget
and number of tasks runs ingest's table through embed in a process of its own. Beside the least cosine
of any row, vectors of different task counts are compared bit by bit.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

import corpus
import minilm
from product import line_order, vectormill, vectors
from report import Report, versions

TARGET = 0.9999
# 16 units of the 1,000 texts, so that four tasks have something to share.
UNIT_ROWS = 64


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce text-cosine", description=__doc__)
    parser.add_argument("--batch-tokens", nargs="+", type=int, default=[512, 4096, 16384])
    parser.add_argument("--tasks", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--engines", nargs="+", default=["onnx", "torchscript"])
    return parser.parse_args()


def embed(items, encoder, budget, tasks, output):
    vectormill(
        *("embed", "--input", items, "--output", output, "--encoder", encoder),
        *("--batch-tokens", budget, "--master", f"local[{tasks}]", "--unit-rows", UNIT_ROWS),
    )
    ids, matrix = vectors(output)
    return matrix[line_order(ids)]


def cosines(matrix, expected):
    return (matrix * expected).sum(1) / np.linalg.norm(matrix, axis=1) / np.linalg.norm(expected, axis=1)


def main():
    chosen = options()
    report = Report("reproduce", "text-cosine", " ".join(["scripts/reproduce text-cosine", *sys.argv[1:]]))
    report.fact("versions", versions("sentence-transformers", "transformers", "torch"))
    source = corpus.lengths_1000()
    texts = corpus.lines(source)
    expected = minilm.sentence_transformer().encode(texts, batch_size=1, normalize_embeddings=True)
    folders = dict(zip(["onnx", "torchscript"], minilm.folders()))
    with tempfile.TemporaryDirectory() as scratch:
        items = Path(scratch, "items")
        vectormill("ingest", "--input", source, "--text-unit", "line", "--output", items)
        for engine in chosen.engines:
            least, differing = 1.0, 0
            for budget in chosen.batch_tokens:
                first = None
                for tasks in chosen.tasks:
                    output = Path(scratch, f"{engine}-{budget}-{tasks}")
                    matrix = embed(items, folders[engine], budget, tasks, output)
                    if matrix.shape != expected.shape:
                        raise SystemExit(f"{output}: {matrix.shape}, expected {expected.shape}")
                    first = matrix if first is None else first
                    cosine = cosines(matrix.astype(np.float64), expected.astype(np.float64))
                    differs = int((matrix.view(np.int32) != first.view(np.int32)).any(1).sum())
                    least, differing = min(least, cosine.min()), differing + differs
                    report.row(
                        engine=engine,
                        batch_tokens=budget,
                        tasks=tasks,
                        rows=len(matrix),
                        least_cosine=f"{cosine.min():.7f}",
                        mean_cosine=f"{cosine.mean():.7f}",
                        rows_with_other_bits=differs,
                    )
            report.judge(f"least cosine, {engine}", least, TARGET)
            report.judge(f"rows with other bits, {engine}", differing, 0, least=False)
    report.end()


if __name__ == "__main__":
    main()
