"""quality of builtin:text: STS benchmark in English and German, nearest neighbours of news

Beside each figure stand those of a bag of words with tf-idf (scikit-learn, fitted on the very texts
that it is measured on, so it knows more of the set than builtin:text) and of MiniLM. The targets are
floors that a change must not fall through, not a claim of quality. MiniLM takes most of the time;
--without-minilm leaves it out.
"""

import argparse
import csv
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer

import corpus
import minilm
from java_program import java
from report import Report, versions

NEIGHBOURS = 10
GALLERY_SHARE = 5


def one_line(text):
    return " ".join(text.split())


def builtin(texts):
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch, "texts"), Path(scratch, "vectors")
        source.write_text("".join(one_line(text) + "\n" for text in texts), encoding="utf-8")
        speed = java("BuiltinTexts", source, out)[-1]
        return np.fromfile(out, "<f4").reshape(len(texts), -1), int(speed)


def tf_idf(texts):
    return TfidfVectorizer(sublinear_tf=True).fit_transform(texts)


class MiniLm:
    def __init__(self):
        self.model = minilm.sentence_transformer()

    def measure(self, texts, figure):
        return f"{figure(self.model.encode(texts, batch_size=32, normalize_embeddings=True)):.3f}"


class LeftOut:
    def measure(self, texts, figure):
        return "not measured"


def pair_cosines(rows, n):
    product = rows[:n].multiply(rows[n:]) if hasattr(rows, "multiply") else rows[:n] * rows[n:]
    return np.asarray(product.sum(1)).ravel()


def sts(report, peer, language, part, floor):
    pairs = list(csv.reader(corpus.gzip_lines("stsb-multi-mt", f"stsb-{language}-{part}.csv.gz")))
    texts = [pair[0] for pair in pairs] + [pair[1] for pair in pairs]
    scores = [float(pair[2]) for pair in pairs]

    def spearman(rows):
        return float(spearmanr(pair_cosines(rows, len(pairs)), scores)[0])

    vectors, speed = builtin(texts)
    mine = spearman(vectors)
    report.row(
        set=f"STS benchmark, {language}, {part}",
        figure="Spearman of cosines",
        builtin_text=f"{mine:.3f}",
        tf_idf=f"{spearman(tf_idf(texts)):.3f}",
        minilm=peer.measure(texts, spearman),
        texts_a_second=speed,
    )
    report.judge(f"STS benchmark, {language}, {part}, Spearman", mine, floor)


def accuracy(rows, labels, gallery, queries):
    """Share of queries whose class most of their nearest have; ties go to the first class."""
    names, codes = np.unique(labels, return_inverse=True)
    similar = rows[queries] @ rows[gallery].T
    similar = similar.toarray() if hasattr(similar, "toarray") else similar
    nearest = np.argsort(-similar, axis=1, kind="stable")[:, :NEIGHBOURS]
    votes = np.zeros((len(queries), len(names)), int)
    for column in codes[gallery][nearest].T:
        votes[np.arange(len(queries)), column] += 1
    return float((votes.argmax(1) == codes[queries]).mean())


def classes(report, peer, name, texts, labels, floor):
    """Every fifth text is a query, the others are the gallery."""
    labels = np.array(labels)
    queries = np.arange(0, len(texts), GALLERY_SHARE)
    gallery = np.setdiff1d(np.arange(len(texts)), queries)
    vectors, speed = builtin(texts)
    mine = accuracy(vectors, labels, gallery, queries)
    report.row(
        set=name,
        figure=f"{NEIGHBOURS}-NN accuracy",
        builtin_text=f"{mine:.3f}",
        tf_idf=f"{accuracy(tf_idf(texts), labels, gallery, queries):.3f}",
        minilm=peer.measure(texts, lambda rows: accuracy(rows, labels, gallery, queries)),
        texts_a_second=speed,
    )
    report.judge(f"{name} {NEIGHBOURS}-NN accuracy", mine, floor)


def bbc():
    """Articles and their folders, each text once."""
    found = {}
    with tarfile.open(corpus.data("bbc-news", "bbc-news.tar.gz")) as archive:
        for member in archive:
            if member.name.endswith(".txt"):
                text = archive.extractfile(member).read().decode("utf-8", "replace")
                found.setdefault(one_line(text), Path(member.name).parent.name)
    return list(found), list(found.values())


def ag_news():
    found = {}
    for label, title, description in csv.reader(corpus.gzip_lines("ag-news-test", "test.csv.gz")):
        found.setdefault(corpus.clean(f"{title} {description}"), label)
    return list(found), list(found.values())


def options():
    parser = argparse.ArgumentParser(prog="scripts/reproduce builtin-text", description=__doc__)
    parser.add_argument("--without-minilm", action="store_true")
    return parser.parse_args()


def main():
    chosen = options()
    command = " ".join(["scripts/reproduce builtin-text", *sys.argv[1:]])
    report = Report("reproduce", "builtin-text", command)
    report.fact("versions", versions("scikit-learn", "sentence-transformers", "numpy"))
    report.fact("nearest neighbours", "every fifth text is a query, the others are the gallery")
    peer = LeftOut() if chosen.without_minilm else MiniLm()
    sts(report, peer, "en", "dev", 0.6)
    sts(report, peer, "en", "test", 0.55)
    sts(report, peer, "de", "dev", 0.55)
    sts(report, peer, "de", "test", 0.5)
    classes(report, peer, "AG news", *ag_news(), 0.7)
    classes(report, peer, "BBC news", *bbc(), 0.8)
    report.end()


if __name__ == "__main__":
    main()
