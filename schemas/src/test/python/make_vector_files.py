"""Writes tiny vectors tables as pyarrow and DuckDB write them: src/test/resources/vectors/*.parquet

usage: python make_vector_files.py FOLDER   (pyarrow 21.0.0 and DuckDB 1.4.1 made the committed ones)

Component j of row i is (i * 16 + j) / 8, dimension 5, 40 rows, but where a name says otherwise:
"null-row" misses the vector of row 7, "null-value" component 2 of it, "short-row" and "long-row" have
4 and 6 components there.
"""

import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROWS, DIMENSION = 40, 5
FOLDER = Path(sys.argv[1])


def rows(dimension=DIMENSION):
    return [[(i * 16 + j) / 8 for j in range(dimension)] for i in range(ROWS)]


def table(vectors, kind, keys_nullable=True):
    columns = {
        "id": pa.array([f"id{i}" for i in range(ROWS)]),
        "content_hash": pa.array([f"{i:x}" for i in range(ROWS)]),
        "encoder": pa.array(["e"] * ROWS),
        "vector": pa.array(vectors, kind),
        "tokens": pa.array([None if i % 5 == 0 else i for i in range(ROWS)], pa.int32()),
        "truncated": pa.array([i % 3 == 0 for i in range(ROWS)]),
    }
    fields = [pa.field(name, column.type, keys_nullable) for name, column in columns.items()]
    if not keys_nullable:
        fields[4] = pa.field("tokens", pa.int32())
    return pa.table(list(columns.values()), schema=pa.schema(fields))


def write(name, vectors, kind=None, keys_nullable=True, **options):
    options = {"compression": "zstd", "use_dictionary": False, **options}
    kind = kind or pa.list_(pa.float32())
    pq.write_table(table(vectors, kind, keys_nullable), FOLDER / f"{name}.parquet", **options)


def pyarrow_files():
    required = pa.field("item", pa.float32(), nullable=False)
    write("plain", rows())
    write("version-2-pages", rows(), data_page_version="2.0")
    write("uncompressed", rows(), compression="none", data_page_version="2.0")
    write("snappy", rows(), compression="snappy")
    write("fixed-size-list", rows(), pa.list_(pa.float32(), DIMENSION))
    write("fixed-size-required", rows(), pa.list_(required, DIMENSION), keys_nullable=False)
    write("required", rows(), pa.list_(required), keys_nullable=False)
    write("large-list", rows(), pa.large_list(pa.field("entry", pa.float32())))
    write("named-item", rows(), use_compliant_nested_type=False)
    write("small-pages", rows(), data_page_size=64, write_batch_size=7)
    write("small-pages-2", rows(), data_page_size=64, write_batch_size=7, data_page_version="2.0")
    write("row-groups", rows(), row_group_size=16)
    write("one-component", rows(1))
    write("long-rows", rows(300), data_page_size=1000, write_batch_size=128)
    write("dictionary", rows(), use_dictionary=True)
    write("split-bytes", rows(), use_byte_stream_split=["vector.list.element"])


def damaged_files():
    for name, row in [
        ("null-row", None),
        ("null-value", [1.0, 2.0, None, 4.0, 5.0]),
        ("short-row", [1.0] * 4),
        ("long-row", [1.0] * 6),
    ]:
        vectors = rows()
        vectors[7] = row
        write(name, vectors)


def odd_columns():
    """Row 7 without a value that a row needs, with another encoder; a table without rows."""
    plain = table(rows(), pa.list_(pa.float32()))
    for name in ("id", "content_hash", "truncated"):
        at = plain.schema.get_field_index(name)
        values = plain.column(name).to_pylist()
        values[7] = None
        column = pa.array(values, plain.schema.field(name).type)
        pq.write_table(plain.set_column(at, name, column), FOLDER / f"null-{name}.parquet")
    encoders = pa.array(["e2" if i == 7 else "e" for i in range(ROWS)])
    at = plain.schema.get_field_index("encoder")
    pq.write_table(plain.set_column(at, "encoder", encoders), FOLDER / "two-encoders.parquet")
    pq.write_table(plain.slice(0, 0), FOLDER / "no-rows.parquet")


def duckdb_files():
    made = table(rows(), pa.list_(pa.float32()))
    duckdb.register("made", made)
    for name, kind in [("duckdb-list", "FLOAT[]"), ("duckdb-array", f"FLOAT[{DIMENSION}]")]:
        for version in ["V1", "V2"]:
            duckdb.sql(
                f"COPY (SELECT * REPLACE (vector::{kind} AS vector) FROM made) "
                f"TO '{FOLDER}/{name}-{version.lower()}.parquet' "
                f"(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION {version})"
            )


FOLDER.mkdir(parents=True, exist_ok=True)
pyarrow_files()
damaged_files()
odd_columns()
duckdb_files()
