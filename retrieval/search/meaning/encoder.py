"""A small sentence encoder on the processor: texts -> vectors whose products tell how near they are in meaning.

It needs the extra `meaning` (onnxruntime and tokenizers) and the weights of a model in a folder; nothing is fetched.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.core.errors import ModelError
from retrieval.search.meaning.model_folder import ModelFolder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LOG_ERRORS_ONLY = 3  # as onnxruntime counts


class Encoder:
    """The model of a folder. Its vectors have length 1, so that their product is the cosine.

    Each text is encoded by itself: weights of a byte are rounded by whatever else is in a batch, and a text would have
    another vector each time; it takes a tenth longer. `threads` is how many texts are encoded at once. Raises
    ModelError where the folder lacks something or a package of the extra is not installed.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.model = ModelFolder.open(folder)
        self.threads = threads
        self._session, self._tokenizer = _loaded(self.model)
        self._inputs = {each.name for each in self._session.get_inputs()}
        try:
            self.dimensions = len(self.question(""))
        except Exception as error:  # whatever the native part makes up: it is a model of another kind
            raise ModelError(f"it is no sentence encoder: {error}") from error
        self.digest = self.model.digest()

    def question(self, text: str) -> NDArray[np.float32]:
        """The vector of one question."""
        return self._encode(self.model.query_prefix + text)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages, a row for each."""
        prefixed = [self.model.passage_prefix + text for text in texts]
        if self.threads > 1 and len(prefixed) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                vectors = list(pool.map(self._encode, prefixed))
        else:
            vectors = [self._encode(text) for text in prefixed]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), dtype=np.float32)

    def _encode(self, text: str) -> NDArray[np.float32]:
        tokens = self._tokenizer.encode(text).ids
        ids = np.array([tokens], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        vector = self._pooled(np.asarray(found, dtype=np.float32)[0])
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector

    def _pooled(self, found: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vector of a text; some models give that, most give one for each token."""
        if found.ndim == 1:
            return found
        if self.model.pooling == "cls":
            first: NDArray[np.float32] = found[0]
            return first
        mean: NDArray[np.float32] = found.mean(axis=0)
        return mean


def _loaded(model: ModelFolder) -> tuple[Any, Any]:
    """What runs the model, and what cuts texts into its tokens. Raises ModelError."""
    try:
        import onnxruntime  # noqa: PLC0415 - only for whoever has a model, and half a second
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(f"the extra `meaning` is not installed ({error}); install `quoth[meaning]`") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = LOG_ERRORS_ONLY
    try:
        tokenizer = Tokenizer.from_file(str(model.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(model.max_tokens)
        session = onnxruntime.InferenceSession(str(model.weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # both raise whatever their native parts make up
        raise ModelError(f"it cannot be loaded: {error}") from error
    return session, tokenizer
