"""cosine of 250 photographs' vectors to Pillow, torchvision and ONNX Runtime, for three image models

Each photograph goes through each model alone, in Python and through ingest and embed. Beside it stands
how far Python is from itself: the same photographs prepared by NumPy instead of torchvision, whose inputs
differ in the last bits. A model that takes its scales from the input makes more of that than of anything
else.
"""

import io
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from torchvision.transforms import InterpolationMode, v2

from images import MODELS, ImageLoop, unpack_photographs
from product import vectormill, vectors
from report import Report, versions

TARGET = 0.9995


def torchvision_transform(model):
    """The model's preparation as torchvision's own transforms, independent of this project's."""
    size = model.shortest or list(model.size)
    steps = [v2.Resize(size, InterpolationMode.BILINEAR, antialias=True)]
    if model.crop:
        steps.append(v2.CenterCrop(model.crop))
    steps += [
        v2.PILToTensor(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize(model.mean, model.std),
    ]
    return v2.Compose(steps)


def expected_vectors(name, files):
    loop = ImageLoop(name, 2)
    transform = torchvision_transform(MODELS[name])
    rows, other = [], []
    for file in files:
        content = file.read_bytes()
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
        rows.append(unit(loop, transform(image)[None].numpy()))
        other.append(unit(loop, loop.model.prepare(content)))
    return np.stack(rows), np.stack(other)


def unit(loop, prepared):
    output = loop.session.run(None, {loop.input: prepared})[0].reshape(-1).astype(np.float64)
    return output / np.linalg.norm(output)


def embed(model, items, scratch, output):
    vectormill(
        *("embed", "--input", items, "--output", output, "--modality", "image"),
        *("--encoder", model.file(), "--preprocessor", model.write_preprocessor(scratch)),
        *("--batch-images", 1),
    )
    return vectors(output)


def main():
    report = Report(
        "reproduce", "image-vectors", " ".join(["scripts/reproduce image-vectors", *sys.argv[1:]])
    )
    report.fact("versions", versions("onnxruntime", "pillow", "torchvision"))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        root = scratch / "photographs"
        files = {str(file.relative_to(root)): file for file in unpack_photographs(root)}
        vectormill("ingest", "--input", root, "--output", scratch / "items")
        for name, model in MODELS.items():
            ids, matrix = embed(model, scratch / "items", scratch, scratch / name)
            if ids != sorted(files):
                raise SystemExit(f"{name}: {len(ids)} vectors, expected one for each of {len(files)}")
            expected, other = expected_vectors(name, [files[key] for key in ids])
            matrix = matrix.astype(np.float64)
            cosine = (matrix * expected).sum(1) / np.linalg.norm(matrix, axis=1)
            report.row(
                model=name,
                rows=len(ids),
                dimension=matrix.shape[1],
                least_cosine=f"{cosine.min():.7f}",
                mean_cosine=f"{cosine.mean():.7f}",
                least_row=ids[int(cosine.argmin())],
                python_to_python=f"{(expected * other).sum(1).min():.7f}",
            )
            report.judge(f"least cosine, {name}", cosine.min(), TARGET)
    report.end()


if __name__ == "__main__":
    main()
