"""what scripts/quickstart takes on a built checkout: its first run, and a second with nothing to do

Processor time is of all its processes. The ratio is the second run's time over the first one's.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import Report

ROOT = Path(__file__).resolve().parents[2]


def run(output):
    """Seconds, processor seconds and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [ROOT / "scripts/quickstart", "--output", output], check=True, text=True, capture_output=True
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, done.stdout


def main():
    report = Report("bench", "quickstart", "scripts/bench quickstart")
    with tempfile.TemporaryDirectory() as output:
        first, processor, printed = run(output)
        report.row(run="first", seconds=f"{first:.1f}", processor_seconds=f"{processor:.1f}")
        if "build     up to date" not in printed:
            raise SystemExit("the checkout was not built; run this once more")
        second, processor, printed = run(output)
        report.row(run="second", seconds=f"{second:.1f}", processor_seconds=f"{processor:.1f}")
    if "Nothing to do" not in printed:
        raise SystemExit(f"the second run had something to do:\n{printed}")
    report.judge("ratio", second / first, 1.0, least=False)
    report.end()


if __name__ == "__main__":
    sys.exit(main())
