"""1,000,000 x 384 vectors, to float[] in Spark tasks and from it, against pyarrow on two threads

A table of float32 vectors with ids and content hashes, in as many files and row groups on both sides,
zstd at level 1, no dictionary but for the encoder's fingerprint, no statistics of the vector column, all
of it in the page cache. Reading: every column of the table that Vectormill wrote, the vectors to one
float[] (or numpy matrix) for each row group. Writing: the same rows from memory, on Vectormill's side
staged and committed. A warm JVM with master local[2] against a Python process with two threads, each
of which takes file after file; each side runs twice beforehand. The ratio is pyarrow's time over ours.
"""

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from product import WarmJvm
from report import Report, median, versions

THREADS = 2
DIMENSION = 384
GROUP_ROWS = 8192
READ_TARGET = 1 / 1.5
WRITE_TARGET = 1 / 2


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench table-io", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="times each side runs (default 7)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="default 1000000")
    parser.add_argument("--files", type=int, default=8, help="of the table (default 8)")
    parser.add_argument("--jvm", action="append", default=[], help="a further JVM option")
    return parser.parse_args()


def part(number, rows):
    """Rows of one file: unit vectors, ids as paths, hashes of 64 hex digits."""
    random = np.random.default_rng(number)
    matrix = random.standard_normal((rows, DIMENSION), np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    hashes = random.bytes(32 * rows).hex()
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(matrix.ravel()), DIMENSION)
    element = pa.list_(pa.field("element", pa.float32(), nullable=False))
    columns = {
        "id": pa.array([f"corpus/{number:03d}/document-{i:07d}.txt" for i in range(rows)]),
        "content_hash": pa.array([hashes[i * 64 : i * 64 + 64] for i in range(rows)]),
        "encoder": pa.array(["3fa9c1d2e4b5a697"] * rows),
        "vector": vectors.cast(pa.list_(pa.float32())).cast(element),
        "tokens": pa.array(random.integers(3, 256, rows, np.int32)),
        "truncated": pa.array(random.random(rows) < 0.1),
    }
    fields = [pa.field(name, values.type, name == "tokens") for name, values in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields))


class Pyarrow:
    def __init__(self, parts):
        self.parts = parts
        self.pool = ThreadPoolExecutor(THREADS)

    def read(self, table):
        return self._each(read_file, sorted(table.glob("wave=*/*.parquet")))

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [(rows, folder / f"part-{i}.parquet") for i, rows in enumerate(self.parts)]
        return self._each(write_file, jobs)

    def _each(self, work, jobs):
        start = time.perf_counter()
        list(self.pool.map(work, jobs))
        return time.perf_counter() - start


def matrix_of(table):
    return table.column("vector").combine_chunks().flatten().to_numpy().reshape(-1, DIMENSION)


def read_file(path):
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            matrix_of(file.read_row_group(group, use_threads=False))


def write_file(job):
    rows, path = job
    pq.write_table(
        rows,
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=GROUP_ROWS,
        use_dictionary=["encoder"],
        write_statistics=[name for name in rows.column_names if name != "vector"],
    )


class Vectormill:
    def __init__(self, jvm):
        self.jvm = jvm

    def read(self, table):
        return self.jvm.run("read", table)

    def write(self, folder):
        return self.jvm.run("write", folder)


def shape(folder):
    files = sorted(folder.rglob("part-*.parquet"))
    groups = sum(pq.ParquetFile(file).metadata.num_row_groups for file in files)
    size = sum(file.stat().st_size for file in files)
    return f"{len(files)} files, {groups} row groups, {size / 2**20:.0f} MiB"


def require_same(parts, table):
    """That the table that Vectormill wrote holds the rows that it was given."""
    rest = {rows.column("id")[0].as_py(): rows for rows in parts}
    for path in table.glob("wave=*/*.parquet"):
        written = pq.ParquetFile(path).read()
        rows = rest.pop(written.column("id")[0].as_py())
        for name in rows.column_names:
            if written.column(name).combine_chunks() != rows.column(name).combine_chunks():
                raise SystemExit(f"column {name} of {path} is not what was written")
    if rest:
        raise SystemExit(f"{len(rest)} files are missing in {table}")


def timed(side, action, folder):
    if action == "write":
        shutil.rmtree(folder, ignore_errors=True)
    return getattr(side, action)(folder)


def measure(report, sides, scratch, rounds):
    table = scratch / "table"
    seconds = {}
    for number in range(-1, rounds + 1):
        for action in ("read", "write"):
            for name, side in sides.items():
                folder = table if action == "read" else scratch / f"written-{name}"
                taken = timed(side, action, folder)
                if number > 0:
                    seconds.setdefault((action, name), []).append(taken)
                    report.row(action=action, round=number, side=name, seconds=f"{taken:.2f}")
    return {key: median(values) for key, values in seconds.items()}


def main():
    chosen = options()
    report = Report("bench", "table-io", " ".join(["scripts/bench table-io", *sys.argv[1:]]))
    report.fact("versions", versions("pyarrow", "numpy"))
    report.fact("threads", f"{THREADS} on each side")
    parts = [part(i, chosen.rows // chosen.files) for i in range(chosen.files)]
    report.fact("rows", f"{sum(map(len, parts))} x {DIMENSION} float32, {parts[0].column_names}")
    peer = Pyarrow(parts)
    with (
        tempfile.TemporaryDirectory() as scratch,
        WarmJvm(f"local[{THREADS}]", heap="5g", program="WarmTables", options=chosen.jvm) as jvm,
    ):
        scratch = Path(scratch)
        peer.write(scratch / "source")
        jvm.run("load", scratch / "source")
        shutil.rmtree(scratch / "source")
        jvm.run("write", scratch / "table")
        require_same(parts, scratch / "table")
        report.fact("table that is read", shape(scratch / "table"))
        medians = measure(report, {"vectormill": Vectormill(jvm), "pyarrow": peer}, scratch, chosen.rounds)
        for side in ("vectormill", "pyarrow"):
            report.fact(f"written by {side}", shape(scratch / f"written-{side}"))
    for (action, side), value in medians.items():
        report.row(action=action, round="median", side=side, seconds=f"{value:.2f}")
    writing = medians["write", "pyarrow"] / medians["write", "vectormill"]
    report.judge("ratio of writing", writing, WRITE_TARGET)
    report.judge("ratio", medians["read", "pyarrow"] / medians["read", "vectormill"], READ_TARGET)
    report.end()


if __name__ == "__main__":
    main()
