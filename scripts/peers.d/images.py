"""The image models of the data sets in Python: preparation with Pillow, ONNX Runtime, batch 1."""

import io
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

import corpus
import uint8_weights

IMAGENET_MEAN = [0.485, 0.456, 0.406]
IMAGENET_STD = [0.229, 0.224, 0.225]


@dataclass(frozen=True)
class ImageModel:
    """A model and how its input is prepared; sizes are (height, width)."""

    path: tuple
    shortest: int = 0
    size: tuple = None
    crop: int = 0
    mean: tuple = tuple(IMAGENET_MEAN)
    std: tuple = tuple(IMAGENET_STD)

    def file(self):
        """The model's file; one that this ONNX Runtime can't run is rewritten into the cache."""
        source = corpus.data("models", *self.path)
        if "int8" not in self.path[0]:
            return source
        target = corpus.cache(f"{source.stem}_uint8.onnx")
        if not target.exists():
            uint8_weights.rewrite(source, target)
        return target

    def write_preprocessor(self, folder):
        """The same preparation in the product's own keys: the crop rounds as torchvision's does."""
        height, width = self.size or (0, 0)
        config = {
            "resize_shortest": self.shortest,
            "resize_width": width,
            "resize_height": height,
            "interpolation": "bilinear",
            "crop_width": self.crop,
            "crop_height": self.crop,
            "crop_rounding": "half_even",
            "scale": 1 / 255,
            "mean": list(self.mean),
            "std": list(self.std),
        }
        path = Path(folder, f"{self.path[0]}.preprocessor.json")
        path.write_text(json.dumps(config, indent=2))
        return path

    def prepare(self, encoded):
        """Float32 of shape 1 x 3 x height x width."""
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(encoded))).convert("RGB")
        image = image.resize(self._resized(*image.size), Image.Resampling.BILINEAR)
        if self.crop:
            left = round((image.width - self.crop) / 2)
            top = round((image.height - self.crop) / 2)
            image = image.crop((left, top, left + self.crop, top + self.crop))
        values = np.asarray(image, dtype=np.float32) / np.float32(255)
        values = (values - np.float32(self.mean)) / np.float32(self.std)
        return np.ascontiguousarray(values.transpose(2, 0, 1)[None])

    def _resized(self, width, height):
        if self.size:
            return self.size[1], self.size[0]
        if width <= height:
            return self.shortest, int(self.shortest * height / width)
        return int(self.shortest * width / height), self.shortest


MODELS = {
    "mobilenetv2-int8": ImageModel(
        ("mobilenetv2-int8", "mobilenetv2_int8.onnx"), shortest=256, crop=224
    ),
    "mobilefacenet": ImageModel(
        ("mobilefacenet", "mobilefacenet.onnx"),
        size=(112, 112),
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
    ),
    "osnet-x0.25": ImageModel(("osnet-x0.25", "osnet_x0_25_msmt17.onnx"), size=(256, 128)),
}


class ImageLoop:
    """Decode, prepare, run and scale, one image after another."""

    def __init__(self, name, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.model = MODELS[name]
        self.session = onnxruntime.InferenceSession(
            str(self.model.file()), options, providers=["CPUExecutionProvider"]
        )
        self.input = self.session.get_inputs()[0].name

    def encode(self, files):
        """Unit vectors, one row a file."""
        return np.stack([self.one(Path(file).read_bytes()) for file in files])

    def one(self, encoded):
        output = self.session.run(None, {self.input: self.model.prepare(encoded)})[0].reshape(-1)
        return output / np.linalg.norm(output)


def unpack_photographs(folder, copies=1):
    """Writes the 250 ImageNet photographs copies times into folder and returns their paths."""
    written = []
    with tarfile.open(corpus.data("imagenet-sample-250", "imagenet-sample-250.tar")) as archive:
        for member in archive:
            if not member.isfile():
                continue
            content = archive.extractfile(member).read()
            for copy in range(copies):
                path = Path(folder, f"copy{copy + 1}", member.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                written.append(path)
    return sorted(written)
