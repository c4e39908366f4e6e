"""quality of builtin:image: nearest neighbours on Caltech-101 and CIFAR-10, cosine of copies

Beside each accuracy stand those of raw pixels (an 8 x 8 RGB thumbnail, mean taken off, cosine) and of
a guess. The targets are floors that a change must not fall through, not a claim of quality.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import corpus
from java_program import java
from report import Report, versions

GALLERY, QUERIES = 15, 30
TRAIN, TEST, NEIGHBOURS = 1000, 200, 10
COPIES = ["ukbench00120_resize.jpg", "ukbench00120_hflip.jpg", "ukbench00120_rotation.jpg"]


def unpack(folder, *path):
    with tarfile.open(corpus.data(*path)) as archive:
        archive.extractall(folder, filter="data")


def builtin(files, scratch):
    (scratch / "list").write_text("\n".join(map(str, files)))
    java("BuiltinImages", scratch / "list", scratch / "vectors")
    return np.fromfile(scratch / "vectors", "<f4").reshape(len(files), -1)


def pixels(files):
    rows = [np.asarray(Image.open(f).convert("RGB").resize((8, 8), Image.Resampling.BOX)) for f in files]
    rows = np.stack(rows).reshape(len(files), -1).astype(np.float32)
    rows -= rows.mean(1, keepdims=True)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def accuracy(vectors, labels, gallery, queries, k):
    """Share of queries whose class most of their k nearest have; ties go to the first class."""
    names, codes = np.unique(labels, return_inverse=True)
    nearest = np.argsort(-(vectors[queries] @ vectors[gallery].T), axis=1, kind="stable")[:, :k]
    votes = np.zeros((len(queries), len(names)), int)
    for column in codes[gallery][nearest].T:
        votes[np.arange(len(queries)), column] += 1
    return float((votes.argmax(1) == codes[queries]).mean())


def classes(report, name, files, gallery, queries, k, scratch, floor):
    labels = np.array([file.parent.name for file in files])
    mine = accuracy(builtin(files, scratch), labels, gallery, queries, k)
    report.row(
        set=name,
        figure=f"{k}-NN accuracy",
        builtin_image=f"{mine:.3f}",
        pixels=f"{accuracy(pixels(files), labels, gallery, queries, k):.3f}",
        guess=f"{1 / len(set(labels)):.3f}",
    )
    report.judge(f"{name} {k}-NN accuracy", mine, floor)


def caltech(report, scratch):
    unpack(scratch / "caltech", "caltech101-max80", "caltech101-max80.tar.gz")
    files, gallery, queries = [], [], []
    for folder in sorted({file.parent for file in (scratch / "caltech").rglob("*.jpg")}):
        here = sorted(folder.glob("*.jpg"))[: GALLERY + QUERIES]
        start = len(files)
        gallery += range(start, start + GALLERY)
        queries += range(start + GALLERY, start + len(here))
        files += here
    classes(report, "caltech101", files, gallery, queries, 1, scratch, 0.3)


def cifar(report, scratch):
    unpack(scratch / "cifar", "cifar10-jpeg", "cifar10-jpeg.tar.gz")
    files = {}
    for part, count in (("train", TRAIN), ("test", TEST)):
        folders = sorted((scratch / "cifar" / part).iterdir())
        files[part] = [file for folder in folders for file in sorted(folder.iterdir())[:count]]
    gallery = np.arange(len(files["train"]))
    queries = len(gallery) + np.arange(len(files["test"]))
    everything = files["train"] + files["test"]
    classes(report, "cifar10", everything, gallery, queries, NEIGHBOURS, scratch, 0.45)


def copies(report, scratch):
    unpack(scratch / "dedup", "imagededup-tests", "imagededup-tests.tar")
    base = sorted((scratch / "dedup").rglob("base_images/*.jpg"))
    changed = [next((scratch / "dedup").rglob(f"mixed_images/{name}")) for name in COPIES]
    vectors = builtin([*base, *changed], scratch)
    similar = vectors @ vectors.T
    original = [file.name for file in base].index("ukbench00120.jpg")
    others = [i for i in range(len(base)) if i != original]
    for i, name in enumerate(COPIES):
        report.row(set="imagededup", figure=f"cosine to {name}", builtin_image=f"{similar[original, len(base) + i]:.3f}")
    between = [similar[i, j] for i in range(len(base)) for j in range(i)]
    report.row(set="imagededup", figure="cosine of different pictures, largest", builtin_image=f"{max(between):.3f}")
    report.row(set="imagededup", figure="cosine of different pictures, mean", builtin_image=f"{np.mean(between):.3f}")
    margin = similar[original, len(base)] - similar[original, others].max()
    report.judge("resized copy's cosine less the nearest other's", margin, 0.1)


def main():
    command = " ".join(["scripts/reproduce builtin-image", *sys.argv[1:]])
    report = Report("reproduce", "builtin-image", command)
    report.fact("versions", versions("pillow", "numpy"))
    report.fact("caltech101", f"gallery of {GALLERY} a class, at most {QUERIES} queries a class")
    report.fact("cifar10", f"gallery of {TRAIN} a class, {TEST} queries a class")
    for measure in (caltech, cifar, copies):
        with tempfile.TemporaryDirectory() as scratch:
            measure(report, Path(scratch))
    report.end()


if __name__ == "__main__":
    main()
