"""pixels of 250 photographs after decoding, resizing and cropping, against Pillow and torchvision

The largest difference in any channel of any pixel, in units of 1/255; times an image are of one
thread, the least of five rounds, on both sides.
"""

import io
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, features
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Resize

from images import unpack_photographs
from java_program import java
from report import Report, versions

ROUNDS = 5
FILTERS = ["bilinear", "bicubic", "lanczos", "nearest"]
CROPS = [(256, 224), (235, 224), (128, 112)]


def images(path):
    content = np.fromfile(path, np.uint8)
    at = 0
    while at < len(content):
        width, height = content[at : at + 8].view(">i4")
        at += 8
        yield content[at : at + 3 * width * height].reshape(height, width, 3)
        at += 3 * width * height


def timed(inputs, step):
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        out = [step(one) for one in inputs]
        least = min(least, time.perf_counter() - start)
    return out, least * 1000 / len(inputs)


def decode(encoded):
    return ImageOps.exif_transpose(Image.open(io.BytesIO(encoded))).convert("RGB")


def compare(report, step, expected, path, times):
    largest, other = 0, 0
    total = 0
    for mine, pillow in zip(images(path), expected, strict=True):
        difference = np.abs(mine.astype(int) - np.asarray(pillow).astype(int))
        largest = max(largest, int(difference.max()))
        other += int((difference > 0).sum())
        total += difference.size
    report.row(
        step=step,
        largest_difference=f"{largest}/255",
        samples_that_differ=f"{other} of {total}",
        vectormill_ms=f"{times[0]:.2f}",
        pillow_ms=f"{times[1]:.2f}",
    )
    return largest


def main():
    command = " ".join(["scripts/reproduce image-preprocessing", *sys.argv[1:]])
    report = Report("reproduce", "image-preprocessing", command)
    report.fact("versions", versions("pillow", "torchvision"))
    report.fact("Pillow's libjpeg-turbo", features.version("libjpeg_turbo"))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        files = unpack_photographs(scratch / "photographs")
        (scratch / "list").write_text("\n".join(map(str, files)))
        steps = [(f, shortest, crop) for f in FILTERS for shortest, crop in CROPS]
        specs = []
        for number, (name, shortest, crop) in enumerate(steps):
            spec = {"interpolation": name, "resize_shortest": shortest}
            specs.append(scratch / f"{number}.json")
            specs[-1].write_text(json.dumps({**spec, "crop_width": crop, "crop_height": crop}))
        times = list(map(float, java("PreparedImages", scratch / "list", scratch, *specs)))
        decoded, took = timed([file.read_bytes() for file in files], decode)
        largest = {"decode": compare(report, "decode", decoded, scratch / "0.rgb", (times[0], took))}
        for number, (name, shortest, crop) in enumerate(steps, 1):
            mode = InterpolationMode(name)
            expected, took = timed(decoded, Compose([Resize(shortest, mode), CenterCrop(crop)]))
            step = f"{name}, shorter side {shortest}, crop {crop}"
            path = scratch / f"{number}.rgb"
            difference = compare(report, step, expected, path, (times[number], took))
            largest[name] = max(largest.get(name, 0), difference)
    judged = max(largest[name] for name in ("bilinear", "bicubic"))
    report.fact("largest differences", ", ".join(f"{k} {v}/255" for k, v in largest.items()))
    report.judge("max difference in 1/255", judged, 1, least=False)
    report.end()


if __name__ == "__main__":
    main()
