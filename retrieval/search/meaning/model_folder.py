"""The folder of a sentence encoder: which of its files are what, and how it wants to be spoken to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.core.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

# Where the models' public homes put their weights, and what some packages call them.
WEIGHTS = ("model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx", "model_quantized.onnx")
TOKENIZER = "tokenizer.json"
OPTIONS = "quoth.json"  # what the model's own files do not say, written by whoever installed it
POOLING = ("mean", "cls")
DEFAULT_MAX_TOKENS = 512
READ_AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The files of a model and what its configuration says.

    `pooling` tells how a text's vector is made of those of its tokens: their mean, or that of the first. The prefixes
    are what the model was taught to find before a question and before a passage.
    """

    name: str
    weights: Path
    tokenizer: Path
    pooling: str
    query_prefix: str
    passage_prefix: str
    max_tokens: int

    @classmethod
    def open(cls, folder: Path) -> ModelFolder:
        """Look a folder through. Raises ModelError, which says what it lacks."""
        if not folder.is_dir():
            raise ModelError("there is no such folder")
        weights = next((folder / name for name in WEIGHTS if (folder / name).is_file()), None)
        if weights is None:
            raise ModelError(f"it has no weights: {' or '.join(WEIGHTS[:2])} should be there")
        if not (folder / TOKENIZER).is_file():
            raise ModelError(f"it has no {TOKENIZER}, which belongs to every model")
        options = {**_own_options(folder), **_json(folder / OPTIONS)}
        pooling = options.get("pooling", "mean")
        if pooling not in POOLING:
            raise ModelError(f"{folder / OPTIONS}: pooling is {pooling!r} and should be {' or '.join(POOLING)}")
        return cls(
            name=str(options.get("name", folder.resolve().name)),
            weights=weights,
            tokenizer=folder / TOKENIZER,
            pooling=pooling,
            query_prefix=str(options.get("query_prefix", "")),
            passage_prefix=str(options.get("passage_prefix", "")),
            max_tokens=int(options.get("max_tokens", DEFAULT_MAX_TOKENS)),
        )

    def digest(self) -> str:
        """What tells this model from every other: the SHA-256 of its files and of all that shapes its vectors."""
        shape = (self.pooling, self.query_prefix, self.passage_prefix, self.max_tokens)
        digest = hashlib.sha256(json.dumps(shape).encode())
        for path in (self.weights, self.tokenizer):
            digest.update(bytes.fromhex(sha256_of(path)))
        return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def _own_options(folder: Path) -> dict[str, Any]:
    """What the files say that sentence-transformers writes beside a model."""
    found: dict[str, Any] = {}
    if _json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token"):
        found["pooling"] = "cls"
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    for option, names in (("query_prefix", ("query",)), ("passage_prefix", ("passage", "document"))):
        if prefix := next((prompts[name] for name in names if prompts.get(name)), None):
            found[option] = prefix
    if length := _json(folder / "sentence_bert_config.json").get("max_seq_length"):
        found["max_tokens"] = length
    return found


def _json(path: Path) -> dict[str, Any]:
    """The object in a file of JSON; empty where there is no file. Raises ModelError."""
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path} should be a JSON object")
    return found
