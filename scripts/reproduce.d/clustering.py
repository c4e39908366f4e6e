"""accuracy of clusterings beside the papers': mean, lowest and highest over seeds

Sets are made into vectors by Vectormill (raw pixels, MiniLM, tf-idf) and clustered by its job; labels are
only compared with afterwards. Numbers of epochs are the job's defaults unless said; the number of clusters
is that of the classes. Each finished run is a line of docs/clustering-runs.csv with its options: what was
stopped goes on where it was, on whatever machine, and more seeds can be asked for later. A line says of which
commit of this project and on what processor it is; delete it to run it again. Networks that were trained before,
and codes made with them, stay in the cache's folder clustering.
"""

import argparse
import csv
import dataclasses
import datetime
import fcntl
import hashlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import corpus
from clustering_sets import SETS, source
from product import HOME, vectormill
from report import Report, versions

# Accuracies that the papers, or well-known reimplementations, give for the same set.
PUBLISHED = {
    ("mnist", "kmeans"): "about .53",
    ("mnist", "dec"): "DEC paper .843; DEC-keras .912 (.83 to .964)",
    ("mnist", "idec"): "IDEC paper .881",
    ("mnist", "depict"): "DEPICT paper .965",
    ("mnist", "ae+icon"): "N2D paper .979",
    ("cifar10", "kmeans"): "about .21",
    ("cifar10", "dec"): "DEC .301",
    ("reuters", "dec"): "on Reuters-10k: DEC paper .722; DEC-keras .778; IDEC paper .756",
}
# How far above k-means of the same set a method is to be; what k-means has is measured too.
OVER_KMEANS = {("bbc", "icon"): 0.02, ("ag", "icon"): 0.02, ("reuters", "dec"): 0.10, ("cifar10", "dec"): 0.0}
REACH = {("mnist", "depict"): 0.95, ("mnist", "ae+icon"): 0.975, ("mnist", "dec"): 0.88, ("mnist", "idec"): 0.88, ("digits", "dec"): 0.73, ("digits", "idec"): 0.73, ("bbc", "kmeans"): 0.95, ("bbc", "icon"): 0.95}
OPTIONS = {
    "kmeans": ["--restarts", 20, "--metric", "l2"],
    "dec": [],
    "idec": [],
    "icon": [],
    "dec-constant": [],
    "nat": [],
    "lls": ["--domain", "site"],
    # The authors train up to 4,000 epochs, at a tenth of these rates. Chosen in a sketch with accuracies in view.
    "depict": ["--epochs", 15, "--schedule", "cosine", "--heads", 48, "--clustering-rate", 0.001],
    # Few steps of walks over few neighbours reach as far as many neighbours, and rarely leave a class.
    "ae+icon": ["--layers", "512,512", "--heads", 48, "--neighbours", 5, "--walk", 10, "--epochs", 10],
}
# They train an autoencoder first.
DEEP = ("dec", "idec", "dec-constant")
# icon on codes of the autoencoder that dec and idec begin with.
ON_CODES = {"ae+icon": "icon"}
# The job's algorithm, where the name here says more than that.
JOB = {**ON_CODES, "dec-constant": "dec"}
# Sets of a few thousand rows have few steps an epoch: chosen by their size, without labels.
SMALL = {"digits": ["--batch", 64], "bbc": ["--batch", 64]}
EPOCHS = {"digits": 100, "bbc": 100, "cifar10": 20}
# How often the job averages eight workers in an epoch of an autoencoder.
AVERAGES = {"digits": 8, "mnist": 64}
# Of the rate at which the autoencoder is trained.
SCHEDULE = {"dec-constant": "constant"}
# Where clusters don't settle: at each refresh some hundredths of CIFAR-10's rows change, and from the twentieth
# on .11 to .2 % of MNIST's with idec, where under .1 % ends it.
REFRESHES = {
    ("cifar10", "dec"): ["--max-refreshes", 20],
    ("cifar10", "idec"): ["--max-refreshes", 20],
    ("mnist", "idec"): ["--max-refreshes", 40],
    ("mnist", "depict"): ["--max-refreshes", 6],
}


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce clustering", description=__doc__)
    parser.add_argument("--sets", default="digits,bbc,ag,mnist", help=f"of {','.join(SETS)} (default digits,bbc,ag,mnist)")
    parser.add_argument("--algorithms", default="kmeans,dec,idec", help=f"of {','.join(OPTIONS)} (default kmeans,dec,idec)")
    parser.add_argument("--seeds", type=int, default=1, help="the last seed (default 1)")
    parser.add_argument("--from-seed", type=int, default=1, help="the first of them (default 1)")
    parser.add_argument("--workers", default="1", help="of all but kmeans: 1,8 (default 1)")
    parser.add_argument("--devices", default="cpu", help="where products run, of cpu,gpu,gpu:N (default cpu)")
    parser.add_argument("--kept", action="store_true", help="run nothing: report what is finished")
    asked = parser.parse_args()
    if asked.from_seed > asked.seeds:
        parser.error(f"--from-seed {asked.from_seed} is above the last seed, --seeds {asked.seeds}")
    return asked


@dataclass(frozen=True)
class Case:
    """What a row of the table is of."""

    set: str
    algorithm: str
    workers: int
    device: str

    def arguments(self):
        small = SMALL.get(self.set, []) if self.algorithm in DEEP else []
        ends = REFRESHES.get((self.set, self.kept_as()), [])
        return [str(one) for one in [*OPTIONS[self.algorithm], *small, *self.workers_and_device(), *ends]]

    def called(self):
        return self.algorithm + (f", {self.workers} workers," if self.workers > 1 else "")

    def kept_as(self):
        """What tells dec from dec-constant are their options."""
        return "dec" if self.algorithm == "dec-constant" else self.algorithm

    def misfit(self):
        """Why it can't be; none where it can."""
        if SETS[self.set].features and self.algorithm in ON_CODES:
            return f"{self.algorithm} reads codes of vectors, and {self.set} is items"
        if self.algorithm == "lls" and not SETS[self.set].domains:
            return f"lls reads domains, of which {self.set} has none"
        return None

    def options(self):
        """All that decides what a run comes to, besides the set and the seed."""
        own = ["--k", SETS[self.set].k, *self.arguments()]
        trained = ["after", *self.pretraining()] if self.algorithm in DEEP or self.algorithm in ON_CODES else []
        return " ".join(str(one) for one in [*own, *trained])

    def pretraining(self):
        return [*SMALL.get(self.set, []), *self.workers_and_device(), *self.shared(), "--epochs", EPOCHS.get(self.set, 50), "--schedule", SCHEDULE.get(self.algorithm, "cosine")]

    def shared(self):
        """The job's defaults, said here so that networks of others are not taken for theirs."""
        if self.workers == 1:
            return []
        averages = ["--averages", AVERAGES[self.set]] if self.set in AVERAGES else []
        return ["--learning-rate", 0.001, *averages]

    def workers_and_device(self):
        workers = ["--workers", self.workers] if self.workers > 1 else []
        return workers + (["--device", self.device] if self.device != "cpu" else [])

    def network(self, seed):
        chosen = hashlib.sha256(" ".join(map(str, self.pretraining())).encode()).hexdigest()[:8]
        return corpus.cache("clustering") / f"network-{self.set}-{seed}-{chosen}.safetensors"

    def source(self, seed):
        """Options that name the algorithm, the vectors and the seed."""
        one = SETS[self.set]
        vectors = ["--input", codes(self, seed)] if self.algorithm in ON_CODES else source(one)
        return ["--algorithm", JOB.get(self.algorithm, self.algorithm), *vectors, "--k", one.k, "--seed", seed]


def cases(asked):
    for name in asked.sets.split(","):
        for algorithm in asked.algorithms.split(","):
            for workers in map(int, asked.workers.split(",")):
                for device in asked.devices.split(","):
                    case = Case(name, algorithm, workers, device)
                    if case.misfit() and not asked.kept:
                        raise SystemExit(f"{case.misfit()}; leave one out")
                    if not case.misfit() and (workers == 1 or algorithm != "kmeans"):
                        yield case


class Runs:
    """Finished runs, in a file of the repository."""

    KEY = ("set", "algorithm", "seed", "options")
    FOUND = ("accuracy", "nmi", "ari", "refreshes", "seconds", "date", "commit", "processor", "loss", "near")

    def __init__(self, file):
        self.file = file

    def lines(self):
        if not self.file.exists():
            return []
        with open(self.file, encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def find(self, *key):
        wanted = [str(one) for one in key]
        return next((line for line in self.lines() if [line[name] for name in self.KEY] == wanted), None)

    def add(self, key, told):
        details = told["details"]
        labels = {name: f"{details['labels'][name]:.4f}" for name in ("accuracy", "nmi", "ari")}
        found = {**labels, "refreshes": details.get("refreshes", ""), "seconds": round(told["seconds"])}
        found |= {"date": datetime.date.today().isoformat(), "commit": commit(), "processor": processor()}
        found |= heads(details.get("losses", []))
        line = {name: str(value) for name, value in {**dict(zip(self.KEY, key)), **found}.items()}
        with open(corpus.cache("clustering") / "runs.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lines = self.lines() + [line]
            lines.sort(key=lambda one: (one["set"], one["algorithm"], one["options"], int(one["seed"])))
            whole = self.file.with_suffix(".new")
            with open(whole, "w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, self.KEY + self.FOUND, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(lines)
            os.replace(whole, self.file)
        return line


def heads(losses, within=0.001):
    """The least loss of the heads, and how many of them are near it: where it is one, luck had a hand in it."""
    return {"loss": f"{min(losses):.5f}", "near": sum(one < min(losses) + within for one in losses)} if losses else {}


def commit():
    """Of this checkout; changes below docs, where the runs are kept, don't count."""
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HOME, capture_output=True, text=True)
    changed = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", ".", ":!docs"], cwd=HOME)
    return told.stdout.strip() + ("-dirty" if changed.returncode else "")


def processor():
    """Another one sums in another order, which changes a training's last bits, and these what follows."""
    names = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def run(runs, case, seed, kept):
    """The line of a run; None where it isn't finished and nothing is to be run."""
    chosen = case.arguments()
    key = (case.set, case.kept_as(), seed, case.options())
    line = runs.find(*key)
    if line or kept:
        return line
    if case.algorithm in DEEP:
        chosen += ["--start", str(pretrained(case, seed)), "--epochs", "0"]
    return runs.add(key, cluster([*case.source(seed), *chosen, "--report-labels"]))


def pretrained(case, seed):
    """dec and idec begin with the same network: it is trained once for each seed and schedule."""
    file = case.network(seed)
    if not file.exists():
        dec = dataclasses.replace(case, algorithm="dec")
        chosen = [*dec.source(seed), *case.pretraining(), "--max-refreshes", 1]
        cluster(chosen, keep=("pretrained.safetensors", file))
    return file


def codes(case, seed):
    """A table of what that network makes of the set's vectors."""
    network = pretrained(case, seed)
    table = network.with_suffix(".codes")
    vectormill("embed", *source(SETS[case.set]), "--encoder", network, "--output", table, timeout=3600)
    return table


def cluster(options, keep=None):
    """What the job's result file says; a file of its output is kept."""
    with tempfile.TemporaryDirectory(prefix="vectormill-clustering-") as scratch:
        output = Path(scratch, "out")
        told = vectormill("cluster", *options, "--no-describe-clusters", "--output", output, environment={"VECTORMILL_HEAP": "6g"}, timeout=4 * 3600)
        if keep:
            shutil.copy(output / keep[0], keep[1])
        return told


def main():
    asked = options()
    report = Report("reproduce", "clustering", " ".join(["scripts/reproduce clustering", *sys.argv[1:]]))
    report.fact("versions", versions("scikit-learn", "numpy"))
    runs = Runs(HOME / "docs" / "clustering-runs.csv")
    means = {}
    for case in cases(asked):
        found = []
        for seed in range(asked.from_seed, asked.seeds + 1):
            line = run(runs, case, seed, asked.kept)
            if line is not None:
                found.append(line)
                print(f"{case} seed {seed}: {line['accuracy']}, {line['seconds']} s", flush=True)
        if found:
            means[case] = add(report, case, found)
    if not means:
        raise SystemExit("nothing of this is finished; leave --kept out to run it")
    judge_over_kmeans(report, means)
    report.end()


def judge_over_kmeans(report, means):
    kmeans = {case.set: mean for case, mean in means.items() if case.algorithm == "kmeans"}
    for case, mean in means.items():
        least = OVER_KMEANS.get((case.set, case.kept_as()))
        if least is not None and case.set in kmeans:
            report.judge(f"{case.set} {case.called()} over k-means", mean - kmeans[case.set], least)


def add(report, case, found):
    accuracies = [float(line["accuracy"]) for line in found]
    mean = statistics.mean(accuracies)
    refreshes = [int(line["refreshes"]) for line in found if line["refreshes"]]
    report.row(
        set=case.set,
        algorithm=case.algorithm,
        workers=case.workers if case.algorithm != "kmeans" else "",
        device=case.device,
        seeds=len(found),
        accuracy=f"{mean:.3f}",
        lowest=f"{min(accuracies):.3f}",
        highest=f"{max(accuracies):.3f}",
        nmi=f"{statistics.mean(float(line['nmi']) for line in found):.3f}",
        refreshes=f"{min(refreshes)} to {max(refreshes)}" if refreshes else "",
        published=PUBLISHED.get((case.set, case.kept_as()), ""),
    )
    if (case.set, case.algorithm) in REACH:
        report.judge(f"{case.set} {case.called()} mean accuracy", mean, REACH[case.set, case.algorithm])
    return mean


if __name__ == "__main__":
    main()
