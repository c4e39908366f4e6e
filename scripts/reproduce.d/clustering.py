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
# Two points over k-means of the same set is what icon is to reach; what k-means has is measured too.
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
# Sets of a few thousand rows have few steps an epoch; chosen by their size, without labels.
SMALL = {"digits": ["--batch", 64, "--epochs", 100], "bbc": ["--batch", 64, "--epochs", 100]}


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce clustering", description=__doc__)
    parser.add_argument("--sets", default="digits,bbc,ag,mnist", help=f"of {','.join(SETS)} (default digits,bbc,ag,mnist)")
    parser.add_argument("--algorithms", default="kmeans,dec,idec", help="of kmeans,dec,idec,depict,icon (default kmeans,dec,idec)")
    parser.add_argument("--seeds", type=int, default=1, help="seeds 1 to N (default 1)")
    parser.add_argument("--workers", type=int, default=1, help="of dec, idec, depict and icon (default 1)")
    parser.add_argument("--kept", action="store_true", help="run nothing: report what is finished")
    return parser.parse_args()


def arguments(name, algorithm, workers):
    small = SMALL.get(name, []) if algorithm in DEEP else []
    more = ["--workers", workers] if algorithm != "kmeans" and workers > 1 else []
    return [*OPTIONS[algorithm], *small, *more]


def run(name, algorithm, seed, workers, kept):
    """What the result file of a run says; None where it isn't finished and nothing is to be run."""
    chosen = [str(one) for one in arguments(name, algorithm, workers)]
    key = hashlib.sha256(json.dumps([name, algorithm, seed, chosen]).encode()).hexdigest()[:12]
    results = corpus.cache("clustering") / "results"
    results.mkdir(parents=True, exist_ok=True)
    file = results / f"{name}-{algorithm}-{seed}-{key}.json"
    if file.exists() or kept:
        return json.loads(file.read_text()) if file.exists() else None
    command = ["cluster", "--algorithm", algorithm, *source(SETS[name]), "--k", SETS[name].k, "--seed", seed]
    begun = pretrained(name, seed, workers) if algorithm in DEEP else []
    with tempfile.TemporaryDirectory(prefix="vectormill-clustering-") as scratch:
        output = Path(scratch, "out")
        told = vectormill(*command, *without_epochs(chosen, begun), *begun, "--report-labels", "--no-describe-clusters", "--output", output, environment={"VECTORMILL_HEAP": "6g"}, timeout=4 * 3600)
        if algorithm in DEEP:
            shutil.copy(output / "pretrained.safetensors", network(name, seed, workers))
    file.write_text(json.dumps(told))
    return told


def without_epochs(chosen, begun):
    """A network that is trained already needs no epochs."""
    at = chosen.index("--epochs") if begun and "--epochs" in chosen else None
    return chosen if at is None else chosen[:at] + chosen[at + 2 :]


def network(name, seed, workers):
    return corpus.cache("clustering") / f"network-{name}-{seed}-{workers}.safetensors"


def pretrained(name, seed, workers):
    """dec and idec begin with the same network: it is trained once for each seed."""
    file = network(name, seed, workers)
    return ["--start", file, "--epochs", 0] if file.exists() else []


def main():
    asked = options()
    report = Report("reproduce", "clustering", " ".join(["scripts/reproduce clustering", *sys.argv[1:]]))
    report.fact("versions", versions("scikit-learn", "numpy"))
    means = {}
    for name in asked.sets.split(","):
        for algorithm in asked.algorithms.split(","):
            found = []
            for seed in range(1, asked.seeds + 1):
                told = run(name, algorithm, seed, asked.workers, asked.kept)
                if told is not None:
                    found.append(told)
                    accuracy = told["details"]["labels"]["accuracy"]
                    print(f"{name} {algorithm} seed {seed}: {accuracy:.4f}, {told['seconds']:.0f} s", flush=True)
            if found:
                means[name, algorithm] = add(report, name, algorithm, found, asked.workers)
    judge_icon(report, means)
    report.end()


def judge_icon(report, means):
    for name in sorted(name for name, algorithm in means if algorithm == "icon"):
        if (name, "kmeans") in means:
            report.judge(f"{name} icon over k-means", means[name, "icon"] - means[name, "kmeans"], 0.02)


def add(report, name, algorithm, found, workers):
    accuracies = [told["details"]["labels"]["accuracy"] for told in found]
    last = found[-1]["details"]
    report.row(
        set=name,
        algorithm=algorithm,
        workers=workers if algorithm != "kmeans" else "",
        seeds=len(found),
        accuracy=f"{sum(accuracies) / len(found):.3f}",
        lowest=f"{min(accuracies):.3f}",
        highest=f"{max(accuracies):.3f}",
        nmi=f"{sum(t['details']['labels']['nmi'] for t in found) / len(found):.3f}",
        refreshes=last.get("refreshes", ""),
        published=PUBLISHED.get((name, algorithm), ""),
    )
    if (name, algorithm) in REACH:
        report.judge(f"{name} {algorithm} mean accuracy", sum(accuracies) / len(found), REACH[name, algorithm])
    return sum(accuracies) / len(found)


if __name__ == "__main__":
    main()
