"""Writes src/test/resources/text/tfidf-golden.json: terms, weights and vectors as scikit-learn has them.

usage: <peers>/bin/python udfs/src/test/python/make_tfidf_golden.py
(scripts/peers prints the folder of the environment; scikit-learn 1.9.1 made the file.)

The recipe is that of DEC's Reuters features: CountVectorizer(max_features), then
TfidfTransformer(norm="l2", sublinear_tf=True), without its factor of sqrt(max_features).
"""

import json
import unicodedata
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

TEXTS = [
    "Oil prices rose, and rose again: crude oil is at 120 dollars a barrel.",
    "The bank cut its prime rate; the other bank did not cut the rate.",
    "Crude prices fell as the oil ministers met in Vienna, Austria.",
    "Die Größe der Bank: groß, GRÖSSER, am größten. Cafe\u0301 und Café.",
    "The barrel, the barrel, the barrel! Prices, prices; oil.",
    "Ставка банка выросла, а ставка другого банка упала.",
    "\uff2f\uff49\uff4c ﬁnds 2024 markets: x y z 7 42nd it's o'clock",
    "Nothing of that is here. Nothing.",
    "the the the the the the the rate of the bank",
    "oil",
]
MOST = 12


def plain(text):
    return unicodedata.normalize("NFKC", text).lower()


def vectors(most, texts):
    counter = CountVectorizer(preprocessor=plain, max_features=most, dtype=np.float64)
    counts = counter.fit_transform(texts)
    weights = TfidfTransformer(norm="l2", sublinear_tf=True)
    rows = weights.fit_transform(counts).toarray()
    totals = np.asarray(counts.sum(axis=0)).ravel()
    names = counter.get_feature_names_out()
    order = sorted(range(len(names)), key=lambda j: (-totals[j], names[j]))
    return {
        "terms": [str(names[j]) for j in order],
        "idf": [float(weights.idf_[j]) for j in order],
        "vectors": [[float(row[j]) for j in order] for row in rows],
    }


def main():
    counter = CountVectorizer(preprocessor=plain)
    totals = np.sort(np.asarray(counter.fit_transform(TEXTS).sum(axis=0)).ravel())[::-1]
    all_terms = vectors(None, TEXTS)
    cut = next(n for n in range(5, MOST) if totals[n - 1] > totals[n])
    golden = {"texts": TEXTS, "all": all_terms, "most": cut, "cut": vectors(cut, TEXTS)}
    file = Path(__file__).parent.parent / "resources" / "text" / "tfidf-golden.json"
    file.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
