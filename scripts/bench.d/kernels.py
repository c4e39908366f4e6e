"""each kernel of udfs on its own, by JMH: blocks of 1,024 rows on one thread

Compiles with the profile jmh first (JMH is downloaded). No peer: what a number is for is to see it move.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from product import HOME, spark_jvm_options
from report import Report


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench kernels", description=__doc__)
    parser.add_argument("--only", default=".*", help="pattern of names (default all)")
    asked = parser.parse_args()
    maven = ["mvn", "-q", "-B", "-ntp", "-Pjmh", "-pl", "schemas,udfs", "test-compile", "process-test-classes"]
    subprocess.run(maven, cwd=HOME, check=True)
    built = HOME / "udfs" / "target"
    schemas = HOME / "schemas" / "target" / "classes"
    path = (built / "classpath-jmh.txt").read_text().strip()
    path = f"{built / 'test-classes'}:{built / 'classes'}:{schemas}:{path}"
    java = os.environ.get("JAVA_HOME")
    report = Report("bench", "kernels", " ".join(["scripts/bench kernels", *sys.argv[1:]]))
    with tempfile.NamedTemporaryFile(suffix=".json") as results:
        command = [f"{java}/bin/java" if java else "java", *spark_jvm_options(), "-cp", path]
        command += ["org.openjdk.jmh.Main", asked.only, "-f", "1", "-wi", "3", "-w", "1s", "-i", "5"]
        command += ["-r", "2s", "-rf", "json", "-rff", results.name]
        subprocess.run(command, cwd=tempfile.gettempdir(), check=True)
        told = json.loads(Path(results.name).read_text())
    for one in told:
        metric = one["primaryMetric"]
        report.row(
            kernel=".".join(one["benchmark"].split(".")[-2:]),
            ms=f"{metric['score']:.3f}",
            error=f"{metric['scoreError']:.3f}",
        )
    report.fact("jmh", told[0]["jmhVersion"])
    report.end()


if __name__ == "__main__":
    main()
