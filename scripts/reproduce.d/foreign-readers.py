"""tables opened by DuckDB, pyarrow, pandas and PySpark: counts, columns, manifest, against describe

Tables with every kind of column, missing values, maps and rejects, in two waves of which the second
replaces a row (or the tables that are named). Each reader's count of rows, committed and current, is
compared with vectormill describe, its columns with one another; the table lists each column's type as
each reader sees it. DuckDB and pyarrow must find the manifest in the Parquet footer, word for word.
"""

import argparse
import glob
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas
import pyarrow.dataset
import pyarrow.parquet
import pyspark.sql
import pyspark.sql.functions

from java_program import java
from product import HOME
from report import Report, versions


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce foreign-readers", description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path, help="default: tables made for this")
    return parser.parse_args()


def describe(table):
    command = [HOME / "scripts" / "vectormill", "describe", table, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"describe {table}: exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)[0]


class DuckDb:
    name = "DuckDB"

    def __init__(self, table):
        self.scan = f"read_parquet('{table}/wave=*/*.parquet', hive_partitioning = true)"

    def committed(self):
        return duckdb.sql(f"SELECT count(*) FROM {self.scan}").fetchone()[0]

    def current(self):
        last = "QUALIFY row_number() OVER (PARTITION BY id ORDER BY wave DESC) = 1"
        return duckdb.sql(f"SELECT count(*) FROM (SELECT * FROM {self.scan} {last})").fetchone()[0]

    def types(self):
        rows = duckdb.sql(f"DESCRIBE SELECT * EXCLUDE (wave) FROM {self.scan}").fetchall()
        return {row[0]: row[1] for row in rows}

    def manifest(self, file):
        query = f"SELECT value FROM parquet_kv_metadata('{file}') WHERE key = 'vectormill'"
        return duckdb.sql(query).fetchone()[0].decode()


class Pyarrow:
    name = "pyarrow"

    def __init__(self, table):
        self.table = table
        self.rows = pyarrow.dataset.dataset(files(table)).to_table()

    def committed(self):
        return len(self.rows)

    def current(self):
        return len(self.rows.group_by("id").aggregate([]))

    def types(self):
        return {field.name: str(field.type) for field in self.rows.schema}

    def manifest(self, file):
        return pyarrow.parquet.read_metadata(file).metadata[b"vectormill"].decode()


class Pandas:
    name = "pandas"

    def __init__(self, table):
        self.rows = pandas.concat(map(pandas.read_parquet, files(table)), ignore_index=True)

    def committed(self):
        return len(self.rows)

    def current(self):
        return len(self.rows.drop_duplicates("id", keep="last"))

    def types(self):
        return {name: self._type(name) for name in self.rows.columns}

    def _type(self, name):
        kind = self.rows[name].dtype
        if kind != object:
            return str(kind)
        found = {type(value).__name__ for value in self.rows[name] if value is not None}
        return " or ".join(sorted(found))


class PySpark:
    name = "PySpark"

    def __init__(self, table):
        self.session = (
            pyspark.sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", False)
            .config("spark.ui.showConsoleProgress", False)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        waves = sorted(glob.glob(f"{table}/wave=*"))
        self.rows = self.session.read.option("recursiveFileLookup", "true").parquet(*waves)

    def committed(self):
        return self.rows.count()

    def current(self):
        return self.rows.select(pyspark.sql.functions.count_distinct("id")).first()[0]

    def types(self):
        return {field.name: field.dataType.simpleString() for field in self.rows.schema}


def files(table):
    return sorted(glob.glob(f"{table}/wave=*/*.parquet"))


def open_all(report, table):
    """Figures that are not what describe says, and readers that miss the manifest."""
    said = describe(table)
    readers = [kind(table) for kind in (DuckDb, Pyarrow, Pandas, PySpark)]
    wrong = 0
    for reader in readers:
        counts = (reader.committed(), reader.current())
        expected = (said["rows"] + said["replaced_rows"], said["rows"])
        wrong += counts != expected
        report.fact(f"{table.name}, {reader.name}", f"committed {counts[0]}, current {counts[1]}")
    report.fact(f"{table.name}, describe", f"{said['rows']} rows, {said['replaced_rows']} replaced")
    types = {reader.name: reader.types() for reader in readers}
    names = list(types["pyarrow"])
    wrong += sum(list(seen) != names for seen in types.values())
    for column in names:
        seen = {reader: columns.get(column, "missing") for reader, columns in types.items()}
        report.row(table=said["manifest"]["kind"], column=column, **seen)
    return wrong, footers(table, readers)


def footers(table, readers):
    """Files whose footer does not hold the manifest; rejects carry that of their table."""
    own = table.parent if table.name == "_rejects" else table
    expected = json.loads((own / "_vectormill.json").read_text(encoding="utf-8"))
    finders = [reader for reader in readers if hasattr(reader, "manifest")]
    return sum(
        json.loads(finder.manifest(file)) != expected for finder in finders for file in files(table)
    )


def main():
    chosen = options()
    report = Report(
        "reproduce", "foreign-readers", " ".join(["scripts/reproduce foreign-readers", *sys.argv[1:]])
    )
    report.fact("versions", versions("duckdb", "pyarrow", "pandas", "pyspark"))
    with tempfile.TemporaryDirectory() as scratch:
        tables = chosen.tables or [Path(uri.removeprefix("file:")) for uri in java("SampleTables", scratch)]
        wrong, without = 0, 0
        for table in tables:
            for part in (table, table / "_rejects"):
                if files(part):
                    more = open_all(report, part)
                    wrong, without = wrong + more[0], without + more[1]
    report.judge("counts and columns that differ", wrong, 0, least=False)
    report.judge("footers without the manifest", without, 0, least=False)
    report.end()


if __name__ == "__main__":
    main()
