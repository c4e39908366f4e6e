"""Samples a job's memory over time and says how flat it is."""

import csv
import os
import tempfile
from pathlib import Path

from product import WarmJvm, vectormill

TARGET = 1.05
COLUMNS = ["heap_used", "heap_live", "rss", "outside_heap"]


def measure(report, texts, encoder, heap, embed_options=()):
    """Runs ingest and embed of a text file and judges embed's memory.

    The run's time is cut in three. Its first third is warm-up; a ratio is the last third's mean
    over the middle third's. A rise is that of the straight line of least squares through the last
    two thirds, its end over its start. Both are judged for what the heap holds after a full
    collection and for what the process has outside of the heap; the ratio also for the heap in use,
    garbage that waits for its collection among it. Outside is the resident set less the heap, which
    is committed and touched from the start: when the JVM would commit or give back more of it is the
    collector's choice.
    """
    samples = Path(os.environ["VECTORMILL_OUT"], f"{report.name}-samples.csv")
    samples.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        items = Path(scratch, "items")
        vectormill("ingest", "--input", texts, "--text-unit", "line", "--output", items)
        options = [f"-Dvectormill.bench.memory={samples}", f"-Xms{heap}", "-XX:+AlwaysPreTouch"]
        with WarmJvm("local[2]", heap=heap, options=options) as jvm:
            output = Path(scratch, "vectors")
            seconds = jvm.run(
                *("embed", "--input", items, "--output", output, "--encoder", encoder),
                *embed_options,
            )
    report.fact("seconds", f"{seconds:.1f}")
    rows = read(samples, seconds)
    report.fact("samples", f"{len(rows)}, in {samples.name}")
    thirds = [rows[len(rows) * i // 3 : len(rows) * (i + 1) // 3] for i in range(3)]
    for name, third in zip(("first", "middle", "last"), thirds):
        report.row(third=name, **{f"{c} MiB": f"{mean(third, c) / 2**20:.0f}" for c in COLUMNS})
    report.row(third="largest", **{f"{c} MiB": f"{largest(rows, c) / 2**20:.0f}" for c in COLUMNS})
    _, middle, last = thirds
    report.judge("heap", mean(last, "heap_used") / mean(middle, "heap_used"), TARGET, least=False)
    for column in ("heap_live", "outside_heap"):
        report.judge(f"ratio of {column}", mean(last, column) / mean(middle, column), TARGET, least=False)
        report.judge(f"rise of {column}", rise(middle + last, column), TARGET, least=False)


def read(samples, seconds):
    with open(samples, newline="") as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]
    for row in rows:
        row["outside_heap"] = row["rss"] - row["heap_committed"]
    if len(rows) < 30:
        raise SystemExit(f"{samples}: {len(rows)} samples, at least 30 are needed: give more input")
    return [row for row in rows if row["seconds"] <= seconds]


def mean(rows, column):
    return sum(row[column] for row in rows) / len(rows)


def rise(rows, column):
    """The fitted line's end over its start."""
    middle, at = mean(rows, "seconds"), mean(rows, column)
    slope = sum((row["seconds"] - middle) * (row[column] - at) for row in rows) / sum(
        (row["seconds"] - middle) ** 2 for row in rows
    )
    start, end = (at + slope * (row["seconds"] - middle) for row in (rows[0], rows[-1]))
    return end / start


def largest(rows, column):
    return max(row[column] for row in rows)
