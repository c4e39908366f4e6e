"""Makes src/test/resources/text: small tokenizers, their token ids, static models, their vectors.

Ids are those of the tokenizers library, vectors those of model2vec (written as its own files are).
Made with tokenizers 0.22.2, safetensors 0.8.0, numpy 2.2.6 and model2vec 0.10.0.

usage: make_text_goldens.py OUT [SHARED]   (SHARED: the data sets, for one model more)
"""

import json
import sys
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

TEXTS = [
    "the cat sat",
    "The  CAT, sat.",
    "",
    " ",
    "a cat on the mat sat on a cat on the mat",
    "unbelievable cats",
    "naïve Café",
    "über die Straße",
    "猫 sat 在 mat",
    "cat\u00a0sat\tmat\nthe",
    "😀 cat 👩‍💻 mat",
    "the \u0000 cat",
    "[CLS] the [SEP] cat [PAD]",
    "e\u0301te",
    "x" * 120,
]
LENGTHS = [3, 5, 8, 64]
PIECES = "[PAD] [UNK] [CLS] [SEP] the cat sat on mat a ##s un ##believ ##able cafe na ##ive , . 猫 die ete uber"


def wordpiece():
    vocab = {piece: i for i, piece in enumerate(PIECES.split())}
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    return tokenizer


def corpus():
    return [text for text in TEXTS if text.strip()] * 4 + ["the cat sat on the mat, and a dog ran to the cat."]


def byte_level():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=330,
        special_tokens=["<s>", "<pad>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.post_processor = processors.RobertaProcessing(sep=("</s>", 2), cls=("<s>", 0))
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    trainer = trainers.UnigramTrainer(
        vocab_size=40, special_tokens=["<unk>", "<eos>"], unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(["the cat sat on the mat", "a cat on a mat", "cats sat"] * 5, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", 1)])
    return tokenizer


def ids(tokenizer):
    rows = []
    for text in TEXTS:
        tokenizer.no_truncation()
        whole = tokenizer.encode(text.strip()).ids
        for length in LENGTHS:
            tokenizer.enable_truncation(length)
            cut = tokenizer.encode(text.strip()).ids
            rows.append({"text": text, "max_length": length, "ids": cut, "truncated": len(cut) < len(whole)})
    return rows


def tokenizers(out):
    for name, make in (("wordpiece", wordpiece), ("byte-level", byte_level), ("unigram", unigram)):
        tokenizer = make()
        (out / name).mkdir(parents=True, exist_ok=True)
        (out / name / "ids.json").write_text(json.dumps(ids(tokenizer)))
        # What a last user may have left in the file: both must be ignored.
        tokenizer.enable_truncation(4)
        tokenizer.enable_padding(length=16)
        tokenizer.save(str(out / name / "tokenizer.json"), pretty=False)


def vectors(model, texts, **options):
    return [{"text": text, "vector": [float(x) for x in model.encode([text], **options)[0]]} for text in texts]


def static_models(out):
    generator = np.random.default_rng(7)
    tokenizer = wordpiece()
    size = tokenizer.get_vocab_size()
    plain = generator.standard_normal((size, 6)).astype(np.float32)
    save_static(out / "static-plain", tokenizer, {"embeddings": plain}, normalize=False)
    codebook = generator.standard_normal((5, 6)).astype(np.float16)
    mapping = generator.integers(0, 5, size).astype(np.int64)
    weights = generator.uniform(0.1, 2, size)
    tensors = {"embeddings": codebook, "mapping": mapping, "weights": weights}
    save_static(out / "static-quantised", tokenizer, tensors, normalize=True)
    np.save(out / "f4.npy", plain)
    np.save(out / "f2.npy", plain.astype(np.float16))
    np.save(out / "f8.npy", plain.astype(np.float64))
    np.save(out / "fortran.npy", np.asfortranarray(plain))
    np.save(out / "big-endian.npy", plain.astype(">f4"))
    for version in ((2, 0), (3, 0)):
        with open(out / f"v{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, plain, version=version)
    (out / "plain.json").write_text(json.dumps(plain.tolist()))


def save_static(folder, tokenizer, tensors, normalize):
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, str(folder / "model.safetensors"))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": normalize}
    (folder / "config.json").write_text(json.dumps(config))
    model = StaticModel.from_pretrained(folder)
    # model2vec would round its results to the file's 16 bits; the product keeps 32.
    model.embedding = model.embedding.astype(np.float32)
    texts = [text for text in TEXTS if any(model.tokenize([text]))]
    rows = vectors(model, texts) + [{**row, "max_length": 3} for row in vectors(model, texts, max_length=3)]
    (folder / "vectors.json").write_text(json.dumps(rows))


def shared_model(out, shared):
    model = StaticModel.from_pretrained(Path(shared, "data/models/model2vec-vocab-quantized"))
    texts = ["hello", "The quick brown fox!", "Grüße aus München, 1999", "a cat sat on the mat. " * 200]
    (out / "model2vec-vocab-quantized.json").write_text(json.dumps(vectors(model, texts)))


def main():
    out = Path(sys.argv[1])
    tokenizers(out)
    static_models(out)
    if len(sys.argv) > 2:
        shared_model(out, sys.argv[2])


if __name__ == "__main__":
    main()
