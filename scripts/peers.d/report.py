"""Figures of benchmarks and checks: what they ran on, their tables, and the lines that judge them."""

import csv
import datetime
import importlib.metadata
import os
import platform
import statistics
import sys
from pathlib import Path


def median(values):
    return statistics.median(values)


def machine():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"


def versions(*packages):
    found = [f"Python {platform.python_version()}"]
    return ", ".join(found + [f"{name} {importlib.metadata.version(name)}" for name in packages])


class Report:
    """One run of a bench or a reproduction: prints as it goes, writes NAME.csv and NAME.md."""

    def __init__(self, kind, name, command):
        self.kind = kind
        self.name = name
        self.facts = [
            ("command", command),
            ("date", datetime.date.today().isoformat()),
            ("machine", machine()),
        ]
        self.rows = []
        self.verdicts = []
        for key, value in self.facts:
            print(f"{key}: {value}")

    def fact(self, key, value):
        self.facts.append((key, str(value)))
        print(f"{key}: {value}", flush=True)

    def row(self, **columns):
        self.rows.append(columns)
        print("  ".join(f"{key} {value}" for key, value in columns.items()), flush=True)

    def judge(self, figure, value, target, least=True):
        """Keeps one figure; it passes where value >= target, or <= target with least=False."""
        passes = value >= target if least else value <= target
        self.verdicts.append((figure, value, target, "pass" if passes else "short"))

    def end(self):
        """Writes the tables, prints the verdicts and ends the process: 0 where all pass, else 1."""
        folder = Path(os.environ["VECTORMILL_OUT"])
        folder.mkdir(parents=True, exist_ok=True)
        self._write_csv(folder / f"{self.name}.csv")
        (folder / f"{self.name}.md").write_text(self.markdown(), encoding="utf-8")
        print(f"written: {folder / self.name}.csv and .md")
        for verdict in self._lines():
            print(verdict)
        sys.exit(0 if all(word == "pass" for *_, word in self.verdicts) else 1)

    def _lines(self):
        """The bench's own ratio last, but for another figure that is short: the last line decides."""
        if self.kind == "bench":
            ordered = sorted(self.verdicts, key=lambda v: (v[3] == "short", v[0] == "ratio"))
            return [f"bench {self.name}: {f} {v:.3f}, target {t}: {w}" for f, v, t, w in ordered]
        return [
            f"reproduce {self.name}: {f} {v:.7g}, target {t}: {w}" for f, v, t, w in self.verdicts
        ]

    def _columns(self):
        names = []
        for row in self.rows:
            names += [name for name in row if name not in names]
        return names

    def _write_csv(self, path):
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, self._columns(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)

    def markdown(self):
        columns = self._columns()
        lines = [f"- {key}: {value}" for key, value in self.facts]
        lines += ["", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
        lines += ["| " + " | ".join(str(row.get(c, "")) for c in columns) + " |" for row in self.rows]
        lines += ["", "| figure | value | target | |", "| --- | --- | --- | --- |"]
        lines += [f"| {f} | {v:.7g} | {t} | {w} |" for f, v, t, w in self.verdicts]
        return "\n".join(lines) + "\n"
