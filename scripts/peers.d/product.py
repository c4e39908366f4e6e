"""Runs Vectormill: each job in a process of its own, or many jobs in one warm JVM."""

import json
import os
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pyarrow.dataset

HOME = Path(os.environ["VECTORMILL_HOME"])


def vectormill(*arguments, environment=None, timeout=1800):
    """Runs one job to its end and returns what its result file says."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        command = [str(HOME / "scripts" / "vectormill"), *map(str, arguments)]
        done = subprocess.run(
            command + ["--result", str(result)],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        if done.returncode != 0:
            tail = "\n".join(done.stderr.splitlines()[-30:])
            raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{tail}")
        return json.loads(result.read_text())


def vectors(table):
    """ids and vectors of a table without replaced rows, ordered by id."""
    return columns(table, "vector")


def columns(table, name):
    files = sorted(str(path) for path in Path(table).glob("wave=*/*.parquet"))
    rows = pyarrow.dataset.dataset(files).to_table(columns=["id", name])
    ids = rows.column("id").to_pylist()
    matrix = rows.column(name).combine_chunks()
    matrix = matrix.flatten().to_numpy().reshape(len(ids), -1)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return [ids[i] for i in order], np.ascontiguousarray(matrix[order])


def line_order(ids):
    """Positions of rows whose ids are path#L1, path#L2, … in the order of the lines."""
    return sorted(range(len(ids)), key=lambda i: int(ids[i].rsplit("#L", 1)[1]))


def spark_jvm_options():
    """What Spark needs of a JVM, as the tests set it."""
    namespace = "{http://maven.apache.org/POM/4.0.0}"
    root = ElementTree.parse(HOME / "pom.xml").getroot()
    return root.find(f"{namespace}properties/{namespace}spark.jvm.opens").text.split()


def class_path():
    built = HOME / "jobs" / "target"
    if not (built / "test-classes" / "org" / "vectormill" / "jobs" / "bench").is_dir():
        raise SystemExit("this checkout is not built: run mvn -DskipTests package first")
    listed = [built / f"classpath-{name}.txt" for name in ("runtime", "spark")]
    own = [HOME / module / "target" / "classes" for module in ("jobs", "udfs", "schemas")]
    return ":".join(map(str, [built / "test-classes", *own])) + ":" + ":".join(
        path.read_text().strip() for path in listed
    )


class WarmJvm:
    """One JVM with a Spark session that runs job after job; a context manager.

    program: WarmJobs, or another of its package that answers as it does.
    """

    def __init__(self, master, heap="4g", options=(), conf=None, program="WarmJobs"):
        java = os.environ.get("JAVA_HOME")
        self.log = tempfile.NamedTemporaryFile("w+", suffix=".log", prefix="vectormill-bench-")
        command = [f"{java}/bin/java" if java else "java", f"-Xmx{heap}", *spark_jvm_options()]
        command += [*options, "-cp", class_path(), f"org.vectormill.jobs.bench.{program}", master]
        command += [f"{key}={value}" for key, value in (conf or {}).items()]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            cwd=tempfile.gettempdir(),
        )
        self._until("@ready")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.stdin.close()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def run(self, *arguments):
        """Runs one job and returns its wall-clock seconds, the session's start left out."""
        self.process.stdin.write("\t".join(map(str, arguments)) + "\n")
        self.process.stdin.flush()
        _, code, seconds = self._until("@done").split()
        if code != "0":
            raise SystemExit(f"vectormill {' '.join(map(str, arguments))}: exit code {code}\n{self._tail()}")
        return float(seconds)

    def _until(self, mark):
        for line in self.process.stdout:
            if line.startswith(mark):
                return line
        time.sleep(1)
        raise SystemExit(f"the JVM ended, exit code {self.process.poll()}\n{self._tail()}")

    def _tail(self):
        return "\n".join(Path(self.log.name).read_text().splitlines()[-30:])
