"""All words of a library, each looked up once: its term, how it is written, and the form that it is looked for by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.analyzer import key_of
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.languages.language_pack import STOP
from retrieval.analysis.scripts import is_unspaced
from retrieval.analysis.tokenizer import POSSESSIVE, fold
from retrieval.core.arrays import StringArray
from retrieval.index.encoding.interning import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.analyzer import Analyzer

SAYS, SMALL, CAPITAL = 1, 2, 4  # flags of a word
TAG = "\x1e"  # between a word and the code of its language


class LookedUp(NamedTuple):
    """What is known of words as they are written, in their order.

    The `keys` of their terms, "" for one that is no word; how they are `written` without a possessive, and the folded
    `forms` of that, "" for one that is not of letters alone. `flags`, uint8, are SAYS where it says something of a
    subject, SMALL where `written` is in small letters, and CAPITAL where it does not begin with one.
    """

    keys: StringArray
    written: StringArray
    forms: StringArray
    flags: NDArray[np.uint8]


def look_up(surfaces: StringArray) -> LookedUp:
    """What is known of these words, as `words.surfaces` gives them."""
    keys: list[str] = []
    written: list[str] = []
    forms: list[str] = []
    flags = bytearray()
    for said in surfaces:
        if TAG in said:
            surface, _, code = said.partition(TAG)
            its_key, bare, says = _in_language(surface, code)
            form = fold(bare)[0]
            keys.append(its_key)
            written.append(bare)
            forms.append(form if form.isalpha() and not is_unspaced(form) else "")
            flags.append(SAYS * says | SMALL * bare.islower() | CAPITAL * (not bare[0].islower()))
            continue
        surface = said
        form, acronym = fold(surface)
        its_key = key_of(form, acronym=acronym) if form else ""
        bare = surface if surface.isascii() and surface.isalpha() else POSSESSIVE.sub("", surface) or surface
        keys.append(its_key)
        written.append(bare)
        forms.append((form if form.isalpha() else "") if bare == surface else form_of(bare))
        says = its_key != "" and its_key not in STOP_WORDS
        flags.append(SAYS * says | SMALL * bare.islower() | CAPITAL * (not bare[0].islower()))
    return LookedUp(
        StringArray.of(keys), StringArray.of(written), StringArray.of(forms), np.frombuffer(flags, dtype=np.uint8)
    )


def tagged(surface: str, language: str) -> str:
    """A word with the code of its language, which one in English goes without."""
    return surface if language == MAIN else f"{surface}{TAG}{language}"


def _in_language(surface: str, code: str) -> tuple[str, str, bool]:
    """The key of a word of another language, how it is written by itself, and whether it says something."""
    pack = pack_of(code)
    its_key = pack.key(surface)
    return its_key, pack.written(surface), its_key != "" and not its_key.startswith(STOP)


def form_of(written: str) -> str:
    """The folded form of what is written, "" where that is not of letters alone."""
    form, _ = fold(written)
    return form if form.isalpha() else ""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a library by their numbers, and what is known of them.

    `terms` has the key of each word once, and every term of a thing; `key_of`, int32, is the place of a word's key
    there, -1 where it is no word, and `says` tells of each term whether it is the key of a word that says something.
    `written` has each way to write such a word once: `writing_of`, int32, is its place for each word, -1 for one that
    says nothing. `form_of`, int32, is the place of a writing's form in `forms`, -1 where it is not of letters alone;
    `small` tells whether a writing is in small letters, `capital` whether it does not begin with one.

    The names of things: `alone` tells of each term whether it is the key of a name of one word, `opens` whether a
    longer name begins with it. `pairs`, int64 and ascending, are first * len(terms) + second for the keys of their
    first two words. `keys` has each key in a name by its number, and `things` the number of each thing's term.
    """

    terms: StringArray
    key_of: NDArray[np.int32]
    says: NDArray[np.bool_]
    written: StringArray
    writing_of: NDArray[np.int32]
    form_of: NDArray[np.int32]
    forms: StringArray
    small: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    analyzer: Analyzer
    alone: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    pairs: NDArray[np.int64]
    keys: dict[int, str]
    things: dict[str, int]

    @classmethod
    def of(cls, looked_up: Sequence[LookedUp], analyzer: Analyzer) -> Lexicon:
        """The lexicon of all words that were looked up, numbered on from one part to the next."""
        columns = zip(*looked_up, strict=True)
        keys, written, forms = (StringArray.joined(next(columns)) for _ in range(3))
        flags = np.concatenate(next(columns))
        says = np.flatnonzero(flags & SAYS)
        in_names = sorted({key for name in analyzer.things() for key in name})
        of_things = sorted(set(analyzer.things().values()))
        numbers, firsts, every = _numbered([keys, StringArray.of(in_names), StringArray.of(of_things)])
        words = len(flags)
        key_of = np.where(keys.lengths > 0, numbers[:words], -1).astype(np.int32)
        said = np.zeros(len(firsts), dtype=np.bool_)
        said[key_of[says]] = True
        name_numbers = dict(zip(in_names, numbers[words:].tolist(), strict=False))
        pairs = np.array([(name_numbers[a], name_numbers[b]) for a, b in analyzer.pairs], dtype=np.int64).reshape(-1, 2)
        writings, first_written, _ = _numbered([written.picked(says)])
        writing_of = np.full(words, -1, dtype=np.int32)
        writing_of[says] = writings
        first_written = says[first_written]
        form_of, forms = _without_empty(forms.picked(first_written))
        return cls(
            terms=every.picked(firsts),
            key_of=key_of,
            says=said,
            written=written.picked(first_written),
            writing_of=writing_of,
            form_of=form_of,
            forms=forms,
            small=(flags[first_written] & SMALL) > 0,
            capital=(flags[first_written] & CAPITAL) > 0,
            analyzer=analyzer,
            alone=_marked(len(firsts), (name_numbers[name] for name in analyzer.alone)),
            opens=_marked(len(firsts), pairs[:, 0]),
            pairs=np.sort(pairs[:, 0] * len(firsts) + pairs[:, 1]),
            keys={number: name for name, number in name_numbers.items()},
            things=dict(zip(of_things, numbers[words + len(in_names) :].tolist(), strict=True)),
        )


def _numbered(parts: Sequence[StringArray]) -> tuple[NDArray[np.int32], NDArray[np.int64], StringArray]:
    """The number of each string of all parts, the place of the first with each number, and all strings."""
    every = StringArray.joined(parts)
    numbers, firsts = distinct(every)
    return numbers, firsts, every


def _without_empty(forms: StringArray) -> tuple[NDArray[np.int32], StringArray]:
    """The number of each form, -1 for the empty one, and the distinct ones."""
    some = np.flatnonzero(forms.lengths)
    kept = forms.picked(some)
    numbers = np.full(len(forms), -1, dtype=np.int32)
    numbers[some], firsts = distinct(kept)
    return numbers, kept.picked(firsts)


def _marked(count: int, numbers: Iterable[int]) -> NDArray[np.bool_]:
    marks = np.zeros(count, dtype=np.bool_)
    marks[list(numbers)] = True
    return marks
