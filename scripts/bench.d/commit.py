"""1,000,000 x 384 vectors with checkpoints, row conservation and commit, against Spark's write.parquet

The same made-up rows, made in the tasks, written three ways in one warm JVM with master local[2]: as a
job of Vectormill does (work units with checkpoints, ids read back from the files and counted, one
commit), by Spark's write.parquet with zstd, and by Vectormill's writer with nothing around it. The ratio
is Vectormill's time over Spark's. Then, what it costs to run ingest and embed again where there is
nothing to do, with 1,000,000 short texts.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import corpus
from product import WarmJvm, vectormill
from report import Report, median, versions

THREADS = 2
TARGET = 1.15


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench commit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="times each side runs (default 5)")
    parser.add_argument("--rows", type=int, nargs="+", default=[250_000, 500_000, 1_000_000])
    parser.add_argument("--unit-rows", type=int, default=8192, help="default 8192")
    parser.add_argument("--dimension", type=int, default=384, help="default 384")
    parser.add_argument("--texts", type=int, default=1_000_000, help="of the rerun; 0 for none")
    return parser.parse_args()


def timed(jvm, way, folder):
    shutil.rmtree(folder, ignore_errors=True)
    seconds = jvm.run(way, folder)
    shutil.rmtree(folder, ignore_errors=True)
    os.sync()
    return seconds


def measure(report, chosen, rows, scratch):
    conf = {"rows": rows, "unit-rows": chosen.unit_rows, "dimension": chosen.dimension}
    seconds = {way: [] for way in ("vectormill", "spark", "bare")}
    with WarmJvm(f"local[{THREADS}]", program="WarmCommits", conf=conf) as jvm:
        for number in range(chosen.rounds + 1):
            for way, values in seconds.items():
                taken = timed(jvm, way, scratch / way)
                if number > 0:
                    values.append(taken)
    medians = {way: median(values) for way, values in seconds.items()}
    report.row(rows=rows, **{f"{way} s": f"{value:.2f}" for way, value in medians.items()})
    return medians


def rerun(report, texts, scratch):
    source = corpus.short_texts(texts)
    jobs = [
        ("ingest", "--input", source, "--text-unit", "line", "--output", scratch / "items"),
        ("embed", "--input", scratch / "items", "--encoder", "builtin:text"),
    ]
    jobs[1] += ("--output", scratch / "vectors")
    for job in jobs:
        first = vectormill(*job)["seconds"]
        start = time.perf_counter()
        again = vectormill(*job)
        whole = time.perf_counter() - start
        if again["written"] or again["already_done"] == 0:
            raise SystemExit(f"{job[0]}: the second run wrote {again['written']} rows")
        report.row(
            job=job[0],
            texts=texts,
            **{"first s": f"{first:.1f}", "again s": f"{again['seconds']:.1f}", "with JVM s": f"{whole:.1f}"},
        )


def main():
    chosen = options()
    report = Report("bench", "commit", " ".join(["scripts/bench commit", *sys.argv[1:]]))
    report.fact("versions", versions())
    report.fact("threads", THREADS)
    report.fact("dimension", f"{chosen.dimension}, units of {chosen.unit_rows} rows")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for rows in chosen.rows:
            medians = measure(report, chosen, rows, scratch)
        if chosen.texts:
            rerun(report, chosen.texts, scratch)
    over = medians["vectormill"] / medians["bare"]
    report.fact("all around the writing", f"{100 * (over - 1):.0f} % on top of the writer alone")
    report.judge("ratio", medians["vectormill"] / medians["spark"], TARGET, least=False)
    report.end()


if __name__ == "__main__":
    main()
