"""accuracy of clusterings beside the papers': mean, lowest and highest over seeds

Sets are made into vectors by Vectormill (raw pixels, MiniLM, tf-idf) and clustered by its job; labels are
only compared with afterwards. Numbers of epochs are the job's defaults unless said; the number of clusters
is that of the classes. Each finished run is kept in the cache with its options, so that a run that was
stopped goes on where it was, and more seeds can be asked for later.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import corpus
from clustering_sets import SETS, source
from product import vectormill
from report import Report, versions

# Accuracies that the papers, or well-known reimplementations, give for the same set.
PUBLISHED = {
    ("mnist", "kmeans"): "about .53",
    ("mnist", "dec"): "DEC paper .843; DEC-keras .912 (.83 to .964)",
    ("mnist", "idec"): "IDEC paper .881",
    ("mnist", "depict"): "DEPICT paper .965",
    ("cifar10", "kmeans"): "about .21",
    ("cifar10", "dec"): "DEC .301",
}
# How far above k-means of the same set a method is to be; what k-means has is measured too.
OVER_KMEANS = {("bbc", "icon"): 0.02, ("ag", "icon"): 0.02, ("reuters", "dec"): 0.10, ("cifar10", "dec"): 0.0}
REACH = {("mnist", "depict"): 0.95, ("mnist", "dec"): 0.88, ("mnist", "idec"): 0.88, ("digits", "dec"): 0.73, ("digits", "idec"): 0.73, ("bbc", "kmeans"): 0.95}
OPTIONS = {
    "kmeans": ["--restarts", 20, "--metric", "l2"],
    "dec": [],
    "idec": [],
    "icon": [],
    "depict": [],
}
# They train an autoencoder first.
DEEP = ("dec", "idec")
# Sets of a few thousand rows have few steps an epoch: chosen by their size, without labels.
SMALL = {"digits": ["--batch", 64], "bbc": ["--batch", 64]}
PRETRAINING = {"digits": ["--epochs", 100], "bbc": ["--epochs", 100], "cifar10": ["--epochs", 20]}
# Clusters of its pixels don't settle: at each refresh some hundredths of the rows change.
REFRESHES = {"cifar10": ["--max-refreshes", "20"]}


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce clustering", description=__doc__)
    parser.add_argument("--sets", default="digits,bbc,ag,mnist", help=f"of {','.join(SETS)} (default digits,bbc,ag,mnist)")
    parser.add_argument("--algorithms", default="kmeans,dec,idec", help="of kmeans,dec,idec,depict,icon (default kmeans,dec,idec)")
    parser.add_argument("--seeds", type=int, default=1, help="seeds 1 to N (default 1)")
    parser.add_argument("--workers", default="1", help="of dec, idec, depict and icon: 1,8 (default 1)")
    parser.add_argument("--devices", default="cpu", help="where products run, of cpu,gpu,gpu:N (default cpu)")
    parser.add_argument("--kept", action="store_true", help="run nothing: report what is finished")
    return parser.parse_args()


@dataclass(frozen=True)
class Case:
    """What a row of the table is of."""

    set: str
    algorithm: str
    workers: int
    device: str

    def arguments(self):
        small = SMALL.get(self.set, []) if self.algorithm in DEEP else []
        return [str(one) for one in [*OPTIONS[self.algorithm], *small, *self.workers_and_device()]]

    def workers_and_device(self):
        workers = ["--workers", self.workers] if self.workers > 1 else []
        return workers + (["--device", self.device] if self.device != "cpu" else [])

    def network(self, seed):
        return corpus.cache("clustering") / f"network-{self.set}-{seed}-{self.workers}.safetensors"

    def source(self, seed):
        """Options that name the algorithm, the vectors and the seed."""
        one = SETS[self.set]
        return ["--algorithm", self.algorithm, *source(one), "--k", one.k, "--seed", seed]


def cases(asked):
    for name in asked.sets.split(","):
        for algorithm in asked.algorithms.split(","):
            for workers in map(int, asked.workers.split(",")):
                for device in asked.devices.split(","):
                    if workers == 1 or algorithm != "kmeans":
                        yield Case(name, algorithm, workers, device)


def run(case, seed, kept):
    """What the result file of a run says; None where it isn't finished and nothing is to be run."""
    chosen = case.arguments() + (REFRESHES.get(case.set, []) if case.algorithm in DEEP else [])
    key = hashlib.sha256(json.dumps([case.set, case.algorithm, seed, chosen]).encode()).hexdigest()[:12]
    results = corpus.cache("clustering") / "results"
    results.mkdir(parents=True, exist_ok=True)
    file = results / f"{case.set}-{case.algorithm}-{seed}-{key}.json"
    if file.exists() or kept:
        return json.loads(file.read_text()) if file.exists() else None
    if case.algorithm in DEEP:
        chosen += ["--start", str(pretrained(case, seed)), "--epochs", "0"]
    told = cluster([*case.source(seed), *chosen, "--report-labels"])
    file.write_text(json.dumps(told))
    return told


def pretrained(case, seed):
    """dec and idec begin with the same network: it is trained once for each seed."""
    file = case.network(seed)
    if not file.exists():
        chosen = [*case.source(seed), *case.arguments(), *PRETRAINING.get(case.set, [])]
        cluster([*chosen, "--max-refreshes", 1], keep=("pretrained.safetensors", file))
    return file


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
    means = {}
    for case in cases(asked):
        found = []
        for seed in range(1, asked.seeds + 1):
            told = run(case, seed, asked.kept)
            if told is not None:
                found.append(told)
                accuracy = told["details"]["labels"]["accuracy"]
                print(f"{case} seed {seed}: {accuracy:.4f}, {told['seconds']:.0f} s", flush=True)
        if found:
            means[case] = add(report, case, found)
    judge_over_kmeans(report, means)
    report.end()


def judge_over_kmeans(report, means):
    kmeans = {case.set: mean for case, mean in means.items() if case.algorithm == "kmeans"}
    for case, mean in means.items():
        least = OVER_KMEANS.get((case.set, case.algorithm))
        if least is not None and case.set in kmeans:
            report.judge(f"{case.set} {case.algorithm} over k-means", mean - kmeans[case.set], least)


def add(report, case, found):
    accuracies = [told["details"]["labels"]["accuracy"] for told in found]
    mean = sum(accuracies) / len(found)
    refreshes = [told["details"]["refreshes"] for told in found if "refreshes" in told["details"]]
    report.row(
        set=case.set,
        algorithm=case.algorithm,
        workers=case.workers if case.algorithm != "kmeans" else "",
        device=case.device,
        seeds=len(found),
        accuracy=f"{mean:.3f}",
        lowest=f"{min(accuracies):.3f}",
        highest=f"{max(accuracies):.3f}",
        nmi=f"{sum(t['details']['labels']['nmi'] for t in found) / len(found):.3f}",
        refreshes=f"{min(refreshes)} to {max(refreshes)}" if refreshes else "",
        published=PUBLISHED.get((case.set, case.algorithm), ""),
    )
    if (case.set, case.algorithm) in REACH:
        workers = f", {case.workers} workers" if case.workers > 1 else ""
        report.judge(f"{case.set} {case.algorithm}{workers} mean accuracy", mean, REACH[case.set, case.algorithm])
    return mean


if __name__ == "__main__":
    main()
