"""The sentence encoders that have been measured: where they are at home, and what their files must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model: `home` is where its weights and its tokenizer lie, `options` what the model folder says of it.

    The digests are SHA-256; where none is known, whoever installs the model has to give that of the weights.
    """

    home: str
    weights_digest: str | None
    tokenizer_digest: str | None
    licence: str
    about: str
    options: Mapping[str, str | int] = field(default_factory=dict)
    weights: str = "onnx/model_quantized.onnx"
    tokenizer: str = "tokenizer.json"


_HUB = "https://huggingface.co/{}/resolve/main"
_E5: Mapping[str, str | int] = {
    "pooling": "mean",
    "query_prefix": "query: ",
    "passage_prefix": "passage: ",
    "max_tokens": 512,
}

MODELS: Mapping[str, NamedModel] = {
    "e5-small": NamedModel(
        home=_HUB.format("Xenova/e5-small-v2"),
        weights_digest="7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded",
        tokenizer_digest="d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
        licence="MIT",
        about="E5-small-v2 (Wang et al. 2022), English, 34 MB",
        options=_E5,
    ),
    "minilm": NamedModel(
        home=_HUB.format("Xenova/all-MiniLM-L6-v2"),
        weights_digest="afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        tokenizer_digest="da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
        licence="Apache-2.0",
        about="all-MiniLM-L6-v2 (sentence-transformers), English, 23 MB: the quickest",
        options={"pooling": "mean", "max_tokens": 256},
    ),
    "bge-small": NamedModel(
        home=_HUB.format("Xenova/bge-small-en-v1.5"),
        weights_digest="6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
        tokenizer_digest="d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
        licence="MIT",
        about="BGE-small-en-v1.5 (Xiao et al. 2023), English, 34 MB",
        options={
            "pooling": "cls",
            "query_prefix": "Represent this sentence for searching relevant passages: ",
            "max_tokens": 512,
        },
    ),
    "e5-multi": NamedModel(
        home=_HUB.format("Xenova/multilingual-e5-small"),
        weights_digest=None,
        tokenizer_digest=None,
        licence="MIT",
        about="multilingual-e5-small (Wang et al. 2024), a hundred languages, 118 MB; give its digest by --sha256",
        options=_E5,
    ),
}
