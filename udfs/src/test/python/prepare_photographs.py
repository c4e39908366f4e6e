"""Writes to standard output, for each JPEG of the tar file given: its length and bytes, then the 224 x
224 pixels that torchvision makes of it (shorter side to 256, centre crop), bilinear and bicubic."""

import io
import struct
import sys
import tarfile

from PIL import Image, ImageOps
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Resize

modes = (InterpolationMode.BILINEAR, InterpolationMode.BICUBIC)
steps = [Compose([Resize(256, mode), CenterCrop(224)]) for mode in modes]
out = sys.stdout.buffer
with tarfile.open(sys.argv[1]) as archive:
    for member in archive:
        if member.isfile():
            data = archive.extractfile(member).read()
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
            out.write(struct.pack(">i", len(data)) + data)
            for step in steps:
                out.write(step(image).tobytes())
out.write(struct.pack(">i", 0))
