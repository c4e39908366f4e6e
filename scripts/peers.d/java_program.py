"""Runs one of this folder's Java programs on the product's classes."""

import os
import subprocess
from pathlib import Path

from product import class_path


def java(program, *arguments):
    """Runs PROGRAM.java to its end and returns the words that it printed."""
    home = os.environ.get("JAVA_HOME")
    source = Path(os.environ["VECTORMILL_HOME"], "scripts", "peers.d", f"{program}.java")
    command = [f"{home}/bin/java" if home else "java", "-Xmx4g", "-cp", class_path(), str(source)]
    done = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{program}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout.split()
