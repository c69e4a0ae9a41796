"""A small sentence encoder on the processor: texts -> vectors whose products tell how near they are in meaning.

It needs the dependency group `encoders` (onnxruntime and tokenizers) and the weights of a model in a folder; nothing
is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.encoders.model_folder import ModelError, ModelFolder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

TOKENS_AT_ONCE = 4096  # in a batch, which bounds its memory
TEXTS_AT_ONCE = 64


class Encoder:
    """The model of a folder. Its vectors have length 1, so that their product is the cosine.

    `threads` is how many threads of the processor one call takes. Raises ModelError where the folder lacks something
    or a package of the group `encoders` is not installed.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.model = ModelFolder.open(folder)
        self.digest = self.model.digest()
        self._session, self._tokenizer = _loaded(self.model, threads)
        self._inputs = {each.name for each in self._session.get_inputs()}

    def question(self, text: str) -> NDArray[np.float32]:
        """The vector of one question."""
        vector: NDArray[np.float32] = self._encode([self.model.query_prefix + text])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages, a row for each."""
        return self._encode([self.model.passage_prefix + text for text in texts])

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions, a row for each."""
        return self._encode([self.model.query_prefix + text for text in texts])

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return len(self.question(""))

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts with their prefixes. Those of like lengths go together: padding costs as words do."""
        tokens = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]))
        vectors: list[NDArray[np.float32]] = []
        start = 0
        while start < len(order):
            end = start + 1
            while (
                end - start < TEXTS_AT_ONCE
                and end < len(order)
                and _padded(tokens, order, start, end) <= TOKENS_AT_ONCE
            ):
                end += 1
            vectors.append(self._batch([tokens[at] for at in order[start:end]]))
            start = end
        if not vectors:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        back = np.empty(len(order), dtype=np.int64)
        back[order] = np.arange(len(order))
        return np.concatenate(vectors)[back]

    def _batch(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        pooled = self._pooled(np.asarray(found, dtype=np.float32), mask)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        normed: NDArray[np.float32] = np.divide(pooled, lengths, out=np.zeros_like(pooled), where=lengths > 0)
        return normed

    def _pooled(self, found: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """One vector a text; some models give that, most give one a token."""
        if found.ndim == 2:
            return found
        if self.model.pooling == "cls":
            return found[:, 0]
        there = mask[:, :, None].astype(np.float32)
        means: NDArray[np.float32] = (found * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
        return means


def _padded(tokens: Sequence[Sequence[int]], order: Sequence[int], start: int, last: int) -> int:
    """How many tokens a batch has with its padding, whose last text is the one at `last`: the longest."""
    return (last - start + 1) * len(tokens[order[last]])


def _loaded(model: ModelFolder, threads: int) -> tuple[Any, Any]:
    """What runs the model, and what cuts texts into its tokens. Raises ModelError."""
    try:
        import onnxruntime  # noqa: PLC0415 - only for whoever measures encoders, and half a second
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(f"A model needs the packages of the group `encoders`: {error}.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        tokenizer = Tokenizer.from_file(str(model.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(model.max_tokens)
        session = onnxruntime.InferenceSession(str(model.weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # both raise whatever their native parts make up
        raise ModelError(f"{model.weights.parent} cannot be used as a model: {error}") from error
    return session, tokenizer
