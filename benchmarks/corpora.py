"""Makes text that looks real: articles of paragraphs and sentences, as many as are wanted, the same for the same seed.

    python -m benchmarks.corpora FOLDER --sentences 100000
    python -m benchmarks.corpora FOLDER --sentences 100000 --text ../shared/data/new_wiki/articles

The first writes a folder of .txt articles whose words follow Zipf's law (Mandelbrot's form, 400,000 words besides the
small words of English) and gather by subject: each article has words of its own that come again and again. With
`--text`, the small words, the commonest words, how often they come, and the lengths of sentences, paragraphs and
articles are those of the articles in that folder; the rarer words go on as above.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.english_words.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

WORDS = 400_000
ZIPF, MANDELBROT = 1.1, 20.0
SUBJECT = 40  # words of an article's own
OWN = 0.35  # of its content words are among those
SMALL = "the of and to in a is that was for on with as by at from it be are his an he were which this has had their"
ONSETS = "b c d f g h j k l m n p r s t v w z st tr pr br gr cl pl sh ch th".split()  # noqa: SIM905 - reads better so


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Words and lengths to make articles of; `content` by rank, `cumulated` the chance of a rank or a better one."""

    small: Sequence[str]
    small_cumulated: NDArray[np.float64]
    content: Sequence[str]
    cumulated: NDArray[np.float64]
    share_of_small: float
    sentences: NDArray[np.int64]  # words in a sentence: to be drawn from
    paragraphs: NDArray[np.int64]  # sentences in a paragraph
    articles: NDArray[np.int64]  # paragraphs in an article


@dataclass(frozen=True, slots=True)
class Made:
    """An article: its title, and its sentences by paragraph."""

    title: str
    paragraphs: list[list[str]]


def made_words() -> Iterator[str]:
    """Words that can be said, the short ones first, without end in sight; each is there once."""
    syllables = [onset + vowel for vowel, onset in product("aeiou", ONSETS)]
    rng = np.random.default_rng(7)
    for size in (2, 3):
        for place in rng.permutation(len(syllables) ** size).tolist():
            parts = []
            for _ in range(size):
                place, at = divmod(place, len(syllables))  # noqa: PLW2901 - the digits of one number
                parts.append(syllables[at])
            yield "".join(parts)


def invented() -> Language:
    """The language that is made up where no text is given."""
    rng = np.random.default_rng(11)
    small = SMALL.split()
    return Language(
        small=small,
        small_cumulated=_cumulated(1 / (np.arange(len(small)) + 1.5)),
        content=list(islice((word for word in made_words() if word not in STOP_WORDS), WORDS)),
        cumulated=_cumulated((np.arange(WORDS, dtype=np.float64) + MANDELBROT) ** -ZIPF),
        share_of_small=0.45,
        sentences=np.clip(rng.lognormal(2.95, 0.45, 10_000), 3, 80).astype(np.int64),
        paragraphs=1 + rng.poisson(2.5, 10_000),
        articles=np.clip(rng.lognormal(2.0, 0.6, 10_000), 1, 200).astype(np.int64),
    )


def learnt(folder: Path) -> Language:
    """The language of the .txt and .md articles in a folder; ValueError where there is nothing to learn from."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.[tm][xd]*"))]
    paragraphs = [[p for p in text.split("\n") if len(p.split()) > 5] for text in texts]
    sentences = [[re.split(r"(?<=[.!?])\s+", p) for p in ps] for ps in paragraphs if ps]
    words = [re.findall(r"[^\W\d_]+", s.lower()) for ps in sentences for p in ps for s in p]
    counts = Counter(word for sentence in words for word in sentence)
    if len(counts) < 1000:
        raise ValueError(f"“{folder}” has too little text to learn from: {len(counts)} different words, at least 1000")
    small = [(word, n) for word, n in counts.most_common() if word in STOP_WORDS]
    known = [(word, n) for word, n in counts.most_common() if word not in STOP_WORDS and n > 2]
    tail = len(known) + np.arange(WORDS - len(known))
    rare = sum(n for word, n in counts.items() if word not in STOP_WORDS and n <= 2)
    chances = (tail + MANDELBROT) ** -ZIPF
    names = [word for word, _ in known]
    taken = {*names, *STOP_WORDS}
    return Language(
        small=[word for word, _ in small],
        small_cumulated=_cumulated(np.array([float(n) for _, n in small])),
        content=names + list(islice((word for word in made_words() if word not in taken), len(tail))),
        cumulated=_cumulated(np.concatenate([[float(n) for _, n in known], chances / chances.sum() * rare])),
        share_of_small=sum(n for _, n in small) / counts.total(),
        sentences=np.array([len(sentence) for sentence in words if len(sentence) > 2]),
        paragraphs=np.array([len(p) for ps in sentences for p in ps]),
        articles=np.array([len(ps) for ps in sentences]),
    )


def articles(language: Language, sentences: int, *, seed: int = 1) -> Iterator[Made]:
    """Articles of this many sentences together; fewer are the beginning of more."""
    rng = np.random.default_rng(seed)
    left = sentences
    while left > 0:
        made = _article(language, rng)
        kept: list[list[str]] = []
        for paragraph in made.paragraphs:
            if left > 0:
                kept.append(paragraph[:left])
                left -= len(kept[-1])
        yield Made(made.title, kept)


def write(folder: Path, made: Iterable[Made]) -> int:
    """Writes articles as .txt files, a thousand in a folder, and tells how many."""
    number = 0
    for number, article in enumerate(made, 1):
        into = folder / f"{number // 1000:03}"
        into.mkdir(parents=True, exist_ok=True)
        paragraphs = "\n\n".join(" ".join(paragraph) for paragraph in article.paragraphs)
        (into / f"{number:06}.txt").write_text(f"{article.title}\n\n{paragraphs}\n", encoding="utf-8")
    return number


def _article(language: Language, rng: np.random.Generator) -> Made:
    own = np.searchsorted(language.cumulated, rng.random(SUBJECT))
    names = {language.content[rank] for rank in own[: SUBJECT // 4]}
    in_paragraphs = rng.choice(language.paragraphs, rng.choice(language.articles))
    lengths = rng.choice(language.sentences, in_paragraphs.sum())
    words = _words(language, own, int(lengths.sum()), rng)
    ends = np.cumsum(lengths).tolist()
    written = iter(
        _sentence(words[end - length : end], names) for end, length in zip(ends, lengths.tolist(), strict=True)
    )
    title = " ".join(language.content[rank] for rank in own[:4]).title()
    return Made(title, [list(islice(written, size)) for size in in_paragraphs.tolist()])


def _words(language: Language, own: NDArray[np.intp], many: int, rng: np.random.Generator) -> list[str]:
    """So many words one after the other; the article's own come by Zipf's law among themselves."""
    ranks = np.searchsorted(language.cumulated, rng.random(many))
    by_zipf = _cumulated(1 / (np.arange(SUBJECT) + 2.0))
    ranks = np.where(rng.random(many) < OWN, own[np.searchsorted(by_zipf, rng.random(many))], ranks)
    small = np.searchsorted(language.small_cumulated, rng.random(many)).tolist()
    is_small = (rng.random(many) < language.share_of_small).tolist()
    content = language.content
    return [
        language.small[s] if either else content[rank]
        for s, rank, either in zip(small, ranks.tolist(), is_small, strict=True)
    ]


def _sentence(words: list[str], names: set[str]) -> str:
    text = " ".join(word.capitalize() if word in names else word for word in words)
    if len(words) > 14:
        half = text.index(" ", len(text) // 2)
        text = f"{text[:half]},{text[half:]}"
    return f"{text[0].upper()}{text[1:]}."


def _cumulated(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    cumulated = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.0
    return cumulated


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--text", type=Path, help="articles to learn the language from")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    try:
        language = learnt(asked.text) if asked.text else invented()
    except ValueError as error:
        parser.error(f"--text: {error}")
    many = write(asked.folder, articles(language, asked.sentences, seed=asked.seed))
    print(f"{asked.sentences:,} sentences in {many:,} articles")


if __name__ == "__main__":
    main()
