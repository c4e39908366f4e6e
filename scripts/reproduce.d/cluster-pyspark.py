"""vectors from a standalone cluster of Spark's own distribution (in PySpark), bit by bit as in local mode

A master and two workers of one core each on loopback, started and ended here; scripts/vectormill goes
through spark-submit. 1,000 texts through MiniLM (ONNX) and 250 photographs through builtin:image, each
compared with the same jobs in local[2].
"""

import sys
import tempfile
from pathlib import Path

import numpy as np

import corpus
import minilm
from cluster import StandaloneCluster
from images import unpack_photographs
from product import vectormill, vectors
from report import Report, versions


def jobs(scratch):
    """Name, source, ingest options, encoder."""
    folder, _ = minilm.folders()
    unpack_photographs(scratch / "photographs")
    yield "texts", corpus.lengths_1000(), ["--text-unit", "line"], folder
    yield "photographs", scratch / "photographs", [], "builtin:image"


def run(scratch, place, common, environment):
    """Vectors and embed's result by name."""
    made = {}
    for name, source, ingest, encoder in jobs(scratch):
        items, output = scratch / f"{place}-{name}-items", scratch / f"{place}-{name}-vectors"
        vectormill(
            "ingest", "--input", source, "--output", items, *ingest, *common, environment=environment
        )
        result = vectormill(
            *("embed", "--input", items, "--output", output, "--encoder", encoder, *common),
            *("--unit-rows", 64),
            environment=environment,
        )
        made[name] = (*vectors(output), result)
    return made


def main():
    report = Report("reproduce", "cluster-pyspark", "scripts/reproduce cluster-pyspark")
    report.fact("versions", versions("pyspark"))
    report.fact("cluster", "one master, two workers of one core each, on loopback")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        local = run(scratch, "local", ["--master", "local[2]"], {"SPARK_HOME": ""})
        with StandaloneCluster(2, scratch) as cluster:
            common = ["--master", cluster.master]
            far = run(scratch, "cluster", common, cluster.environment())
    for name, (ids, matrix, _) in local.items():
        far_ids, far_matrix, result = far[name]
        same = ids == far_ids and matrix.shape == far_matrix.shape
        differs = len(ids)
        if same:
            differs = int((matrix.view(np.int32) != far_matrix.view(np.int32)).any(1).sum())
        report.row(input=name, rows=len(ids), dimension=matrix.shape[1], rows_with_other_bits=differs)
        report.fact(f"embed of {name} on the cluster", result["details"])
        report.judge(f"rows with other bits, {name}", differs, 0, least=False)
        executors = len(result["details"]["encoder_loads_by_executor"])
        report.judge(f"executors that encoded, {name}", executors, 2)
    report.end()


if __name__ == "__main__":
    sys.exit(main())
