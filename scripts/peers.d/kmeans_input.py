"""What k-means is measured on, as a matrix and as the columns of a vectors table."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

DIMENSION = 384


def matrix(rows):
    """Unit rows around 2,000 centres that overlap."""
    random = np.random.default_rng(1)
    centres = random.standard_normal((2000, DIMENSION), np.float32)
    values = centres[random.integers(0, len(centres), rows)]
    values += 1.5 * random.standard_normal(values.shape, np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def write_source(values, folder):
    """What WarmTables loads: a vectors table's columns, in eight files."""
    element = pa.list_(pa.field("element", pa.float32(), nullable=False))
    for number, part in enumerate(np.array_split(values, 8)):
        n = len(part)
        vectors = pa.FixedSizeListArray.from_arrays(pa.array(part.ravel()), DIMENSION)
        columns = {
            "id": pa.array([f"{number}-{i:07d}" for i in range(n)]),
            "content_hash": pa.array(["0" * 64] * n),
            "encoder": pa.array(["3fa9c1d2e4b5a697"] * n),
            "vector": vectors.cast(pa.list_(pa.float32())).cast(element),
            "tokens": pa.array(np.ones(n, np.int32)),
            "truncated": pa.array(np.zeros(n, bool)),
        }
        fields = [pa.field(name, array.type, name == "tokens") for name, array in columns.items()]
        table = pa.table(list(columns.values()), schema=pa.schema(fields))
        pq.write_table(table, folder / f"part-{number}.parquet", row_group_size=8192)
