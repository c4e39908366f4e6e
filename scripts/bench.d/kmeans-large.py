"""k-means of 1,000,000 x 384 with k = 4,096 in a heap of 8 GB: time an iteration, and the process's memory

The job in a JVM of its own, master local[2], random first centroids. The ratio is the largest resident
set of the whole process over 12 GiB.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from kmeans_input import DIMENSION, matrix, write_source
from product import WarmJvm
from report import Report

THREADS = 2
LIMIT = 12 * 2**30


def peak(jvm):
    """Largest resident set so far, in bytes."""
    for line in Path(f"/proc/{jvm.process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("/proc says nothing of VmHWM")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench kmeans-large", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="default 1000000")
    parser.add_argument("--k", type=int, default=4096, help="clusters (default 4096)")
    parser.add_argument("--iterations", type=int, default=3, help="default 3")
    asked = parser.parse_args()
    report = Report("bench", "kmeans-large", " ".join(["scripts/bench kmeans-large", *sys.argv[1:]]))
    report.fact("input", f"{asked.rows} x {DIMENSION}, k {asked.k}, {asked.iterations} iterations")
    report.fact("heap", "8 GB")
    with tempfile.TemporaryDirectory(prefix="vectormill-bench-") as name:
        folder = Path(name)
        (folder / "source").mkdir()
        write_source(matrix(asked.rows), folder / "source")
        with WarmJvm(f"local[{THREADS}]", program="WarmTables") as tables:
            tables.run("load", folder / "source")
            tables.run("write", folder / "table")
        for search in ([], ["--approximate"]):
            with WarmJvm(f"local[{THREADS}]", heap="8g") as jvm:
                result = folder / "result.json"
                whole = jvm.run(
                    "cluster", "--input", folder / "table", "--output", folder / f"out{len(search)}", "--k", asked.k,
                    "--init", "random", "--max-iterations", asked.iterations, "--tolerance", 0,
                    "--threads", 1, "--result", result, *search,
                )  # fmt: skip
                told = json.loads(result.read_text())
                resident = peak(jvm)
            seconds = told["seconds_by_stage"]["k-means"]
            report.row(
                search="two levels" if search else "all centroids",
                whole_job_s=f"{whole:.1f}",
                iteration_s=f"{seconds / asked.iterations:.1f}",
                inertia=f"{told['details']['inertia']:.6g}",
                agreement=f"{told['details'].get('approximate_agreement', 1):.4f}",
                resident_GiB=f"{resident / 2**30:.2f}",
            )
            report.judge(
                "ratio" if not search else "ratio of two levels", resident / LIMIT, 1.0, least=False
            )
    report.end()


if __name__ == "__main__":
    main()
