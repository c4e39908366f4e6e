"""Writes src/test/resources/clustering: k-means and agreement as NumPy and scikit-learn have them.

usage: <peers>/bin/python udfs/src/test/python/make_clustering_goldens.py
(scripts/peers prints the folder of the environment; scikit-learn 1.9.1 and NumPy 2.2.6 made these.)
"""

import json
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.metrics import (
    adjusted_rand_score,
    davies_bouldin_score,
    normalized_mutual_info_score,
)

HERE = Path(__file__).parent.parent / "resources" / "clustering"


def accuracy(labels, clusters):
    counts = np.zeros((labels.max() + 1, clusters.max() + 1), dtype=int)
    np.add.at(counts, (labels, clusters), 1)
    rows, columns = linear_sum_assignment(-counts)
    return counts[rows, columns].sum() / len(labels)


def blobs():
    """300 rows of 7 components around 6 centres that overlap, far from the origin."""
    random = np.random.default_rng(20240501)
    centres = random.normal(size=(6, 7)) * 3 + 100
    labels = np.repeat(np.arange(6), 50)
    return (centres[labels] + random.normal(size=(300, 7))).astype(np.float32), labels


def euclidean(rows, k, iterations):
    """Lloyd from the first k of every 50th row, with scikit-learn; no early stop."""
    start = rows[:: len(rows) // k][:k]
    model = KMeans(k, init=start, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd")
    model.fit(rows.astype(np.float64))
    return start, model


def spherical(rows, k, iterations):
    """Lloyd on unit rows with unit centroids, by NumPy in double precision."""
    unit = rows.astype(np.float64)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    centroids = unit[:: len(rows) // k][:k].copy()
    for _ in range(iterations):
        nearest = (unit @ centroids.T).argmax(axis=1)
        for c in range(k):
            mean = unit[nearest == c].mean(axis=0)
            centroids[c] = mean / np.linalg.norm(mean)
    nearest = (unit @ centroids.T).argmax(axis=1)
    return centroids, nearest, (1 - (unit * centroids[nearest]).sum(axis=1)).sum()


def simplified_silhouette(rows, model):
    distances = np.sort(model.transform(rows.astype(np.float64)), axis=1)
    return float(((distances[:, 1] - distances[:, 0]) / distances[:, 1]).mean())


def main():
    HERE.mkdir(parents=True, exist_ok=True)
    rows, labels = blobs()
    start, model = euclidean(rows, 6, 300)
    centroids, nearest, cost = spherical(rows - 100, 6, 100)
    digits = load_digits()
    halves = digits.target // 2
    golden = {
        "rows": [[float(x) for x in row] for row in rows],
        "labels": labels.tolist(),
        "euclidean": {
            "start": start.tolist(),
            "centroids": model.cluster_centers_.tolist(),
            "clusters": model.labels_.tolist(),
            "inertia": float(model.inertia_),
            "silhouette": simplified_silhouette(rows, model),
            "davies_bouldin": float(davies_bouldin_score(rows.astype(np.float64), model.labels_)),
        },
        "spherical": {
            "centroids": centroids.tolist(),
            "clusters": nearest.tolist(),
            "cost": float(cost),
        },
        "average_linkage": {
            metric: fcluster(
                linkage(rows[::5].astype(np.float64), "average", metric), 9, "maxclust"
            ).tolist()
            for metric in ("euclidean", "cosine")
        },
        "agreement": {
            "labels": labels.tolist(),
            "clusters": model.labels_.tolist(),
            "accuracy": accuracy(labels, model.labels_),
            "nmi": normalized_mutual_info_score(labels, model.labels_),
            "ari": adjusted_rand_score(labels, model.labels_),
        },
        "coarse_agreement": {
            "labels": digits.target.tolist(),
            "clusters": halves.tolist(),
            "accuracy": accuracy(digits.target, halves),
            "nmi": normalized_mutual_info_score(digits.target, halves),
            "ari": adjusted_rand_score(digits.target, halves),
        },
    }
    (HERE / "goldens.json").write_text(json.dumps(golden))


if __name__ == "__main__":
    main()
