"""Writes to standard output, for each of the first 25 JPEGs of a tar file: its length and bytes, then
the vector that ONNX Runtime makes of it alone, prepared by Pillow and torchvision.

usage: embed_photographs.py TAR MODEL HEIGHT WIDTH MEAN STD
"""

import io
import struct
import sys
import tarfile

import numpy as np
import onnxruntime
import torch
from PIL import Image, ImageOps
from torchvision.transforms import InterpolationMode, v2

tar, model, height, width, mean, std = sys.argv[1:]
transform = v2.Compose(
    [
        v2.Resize([int(height), int(width)], InterpolationMode.BILINEAR, antialias=True),
        v2.PILToTensor(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize([float(v) for v in mean.split(",")], [float(v) for v in std.split(",")]),
    ]
)
options = onnxruntime.SessionOptions()
options.log_severity_level = 3
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
out = sys.stdout.buffer
with tarfile.open(tar) as archive:
    for member in [entry for entry in archive if entry.isfile()][:25]:
        data = archive.extractfile(member).read()
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        vector = session.run(None, {name: transform(image)[None].numpy()})[0].reshape(-1)
        out.write(struct.pack(">i", len(data)) + data)
        out.write(struct.pack(">i", vector.size) + vector.astype(">f4").tobytes())
out.write(struct.pack(">i", 0))
