"""Labelled data sets as tables of vectors, or of items of which the cluster job makes features.

They are prepared once by Vectormill itself and kept in the cache.
"""

import csv
import html
import io
import json
import gzip
import re
import shutil
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import corpus
import minilm
import numpy as np
from images import MODELS
from PIL import Image
from product import vectormill

SHARDS = 8


@dataclass(frozen=True)
class Set:
    name: str
    k: int
    prepare: object
    encoder: object = None
    features: str = ""
    # Further options of embed.
    embed: object = list
    # Whether its items have an attribute site.
    domains: bool = False


def shards(folder, images, labels, sites=None):
    """WebDataset shards of PNG files with their class, and the site they are said to be of, in the order of the set."""
    for number, part in enumerate(np.array_split(np.arange(len(images)), SHARDS)):
        with tarfile.open(folder / f"shard-{number}.tar", "w") as archive:
            for i in part:
                picture = io.BytesIO()
                Image.fromarray(images[i]).save(picture, "png")
                parts = {"png": picture.getvalue(), "cls": b"%d" % labels[i]}
                if sites is not None:
                    parts["json"] = json.dumps({"site": f"site{sites[i]}"}).encode()
                for ending, content in parts.items():
                    name = f"{i:06d}.{ending}"
                    entry = tarfile.TarInfo(name)
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
    return ["--input", folder]


def idx(*parts):
    with gzip.open(corpus.data(*parts)) as file:
        content = file.read()
    dimensions = content[3]
    shape = np.frombuffer(content, ">i4", dimensions, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def mnist_parts():
    images = [idx("mnist", f"{part}-images-idx3-ubyte.gz") for part in ("train", "t10k")]
    labels = [idx("mnist", f"{part}-labels-idx1-ubyte.gz") for part in ("train", "t10k")]
    return np.concatenate(images), np.concatenate(labels)


def mnist(folder):
    return shards(folder, *mnist_parts())


def mnist_sites(folder, sites=10, concentration=0.5):
    """MNIST as if it came from ten sites, where the classes look the same and are not equally frequent.

    The shares of a class that sites have are drawn from a Dirichlet distribution, and its rows are dealt by these:
    domains of a labelled set, in the manner of Roberts et al. (2022).
    """
    images, labels = mnist_parts()
    random = np.random.default_rng(7)
    shares = random.dirichlet([concentration] * sites, size=10)
    dealt = np.array([random.choice(sites, p=shares[label]) for label in labels])
    return shards(folder, images, labels, dealt) + ["--attribute-columns", "site"]


def digits(folder):
    from sklearn.datasets import load_digits

    loaded = load_digits()
    return shards(folder, (loaded.images * 15.9375).astype(np.uint8), loaded.target)


def unpacked(folder, *parts):
    with tarfile.open(corpus.data(*parts)) as archive:
        archive.extractall(folder, filter="data")
    return ["--input", folder, "--label-from", "parent-folder"]


def cifar10(folder):
    return unpacked(folder, "cifar10-jpeg", "cifar10-jpeg.tar.gz")


def cifar10_test(folder):
    """Its 10,000 test images alone: a network of photographs takes some minutes for them."""
    source = unpacked(folder, "cifar10-jpeg", "cifar10-jpeg.tar.gz")
    (train,) = folder.glob("**/train")
    shutil.rmtree(train)
    return source


def mobilenet():
    """The scores of its quantised network depend on the whole batch."""
    preprocessor = MODELS["mobilenetv2-int8"].write_preprocessor(corpus.cache("clustering"))
    return ["--preprocessor", preprocessor, "--modality", "image", "--batch-images", 1, "--normalise"]


def bbc(folder):
    return unpacked(folder, "bbc-news", "bbc-news.tar.gz") + ["--text-unit", "file"]


def ag(folder):
    with open(folder / "ag.jsonl", "w", encoding="utf-8") as out:
        rows = csv.reader(corpus.gzip_lines("ag-news-test", "test.csv.gz"))
        for i, (label, title, description) in enumerate(rows):
            text = corpus.clean(title) + ". " + corpus.clean(description.replace("\\", " "))
            out.write(json.dumps({"id": f"{i:05d}", "label": label, "text": text}) + "\n")
    return ["--input", folder, "--id-column", "id", "--label-column", "label"]


def reuters(folder, most=10):
    """Documents of Reuters-21578 with one topic, of the topics with the most such documents."""
    found = {}
    with tarfile.open(corpus.data("reuters21578", "reuters21578.tar.gz")) as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            if member.name.endswith(".sgm"):
                content = archive.extractfile(member).read().decode("latin-1")
                for entry in re.findall(r"<REUTERS (.*?)</REUTERS>", content, re.DOTALL):
                    number = re.search(r'NEWID="(\d+)"', entry)[1]
                    topics = re.findall(r"<D>(.*?)</D>", re.search(r"<TOPICS>(.*?)</TOPICS>", entry, re.DOTALL)[1])
                    body = re.search(r"<BODY>(.*?)</BODY>", entry, re.DOTALL)
                    if len(topics) == 1 and body:
                        title = re.search(r"<TITLE>(.*?)</TITLE>", entry, re.DOTALL)
                        found[f"{int(number):05d}"] = (topics[0], (title[1] + ". " if title else "") + body[1])
    largest = sorted(Counter(topic for topic, _ in found.values()).items(), key=lambda one: (-one[1], one[0]))
    kept = {topic for topic, _ in largest[:most]}
    with open(folder / "reuters.jsonl", "w", encoding="utf-8") as out:
        for number, (topic, text) in sorted(found.items()):
            if topic in kept:
                text = corpus.clean(html.unescape(text))
                out.write(json.dumps({"id": number, "label": topic, "text": text}) + "\n")
    return ["--input", folder, "--id-column", "id", "--label-column", "label"]


def fixed(uri):
    return lambda: uri


SETS = {
    one.name: one
    for one in (
        Set("digits", 10, digits, fixed("builtin:pixels:8x8:grey")),
        Set("mnist", 10, mnist, fixed("builtin:pixels:28x28:grey")),
        Set("mnist-sites", 10, mnist_sites, fixed("builtin:pixels:28x28:grey"), domains=True),
        Set("cifar10", 10, cifar10, fixed("builtin:pixels:32x32:rgb")),
        Set("cifar10-mobilenet", 10, cifar10_test, lambda: MODELS["mobilenetv2-int8"].file(), embed=mobilenet),
        Set("bbc", 5, bbc, lambda: minilm.folders()[0]),
        Set("ag", 4, ag, lambda: minilm.folders()[0]),
        Set("reuters", 10, reuters, features="tfidf:2000"),
    )
}


def source(one):
    """The cluster job's options that name the set; what is finished of it stays where it is."""
    table = prepared(one)
    return ["--input", table, "--features", one.features] if one.features else ["--input", table]


def prepared(one):
    home = corpus.cache("clustering") / one.name
    table = home / ("items" if one.features else "vectors")
    if not (home / "done").exists():
        shutil.rmtree(home, ignore_errors=True)
        raw = home / "source"
        raw.mkdir(parents=True)
        options = one.prepare(raw)
        vectormill("ingest", *options, "--output", home / "items", timeout=3600)
        if not one.features:
            vectormill("embed", "--input", home / "items", "--encoder", one.encoder(), *one.embed(), "--output", table, timeout=3600)
        shutil.rmtree(raw)
        (home / "done").touch()
    return table
