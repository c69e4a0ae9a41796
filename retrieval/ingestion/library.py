"""A folder -> a Library: its articles, the names they use, and a fingerprint of it all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.synonyms import NAMES_FILE, common_names, definitions, merged, names_of, read_names
from retrieval.analysis.visible_text import visible
from retrieval.core.errors import ArticleError, LibraryError
from retrieval.core.model import MAIN_LANGUAGE
from retrieval.ingestion.folder_settings import settings_of
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.registry import COMMON
from retrieval.ingestion.scanner import OUTSIDE, OWN, SourceFiles
from retrieval.ingestion.source_folders import SourceFolders, look_in, read_source
from retrieval.ingestion.source_names import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from retrieval.analysis.synonyms import Name
    from retrieval.core.model import Article
    from retrieval.ingestion.file_articles import FileContents
    from retrieval.ingestion.scanner import ScannedFile
    from retrieval.ingestion.source_folders import AddedFolder


@dataclass(frozen=True, eq=False)
class Library:
    """Articles in the order of their files' paths. `problems` has a sentence for each that could not be read.

    No two have one name. `fingerprint` is "sha256:" and a digest that changes when a file of the library changes, comes
    or goes. `sources` are its files as they were when they were read, and `definitions` the names that each article
    defines, as JSON. `added` is the folder of the sources that are added while it is in use. `spoken` has the codes of
    the languages of each article that is not in English throughout, by its file.
    """

    folder: Path
    articles: Sequence[Article]
    names: tuple[Name, ...]
    problems: tuple[str, ...]
    fingerprint: str
    sources: SourceFiles
    definitions: Sequence[str]
    added: AddedFolder | None = None
    spoken: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> Mapping[str, int]:
        """How many articles have something in each language, by its code, the commonest first."""
        return languages_in(self.spoken, len(self.articles))

    @property
    def folders(self) -> SourceFolders:
        """Where the articles come from."""
        return SourceFolders(self.folder, self.added)

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence for everything that was guessed of an article, or left aside in it."""
        return tuple(line for said in self.sources.remarks if said for line in said.split("\n"))

    @property
    def left_aside(self) -> Mapping[str, int]:
        """How many files there are of each sort that is no article, by the sort's name."""
        return Counter(sort for one in self.sources.seen() if (sort := one.sort))


def load(
    folder: Path, *, added: AddedFolder | None = None, progress: Callable[[int, int], None] | None = None
) -> Library:
    """Everything in `folder` and below it that can be read; `progress` is told (files done, files in all).

    `added` is the folder of the sources that were added while the library was in use.

    Raises LibraryError where nothing can be answered from the folder.
    """
    folders = SourceFolders(folder, added)
    seen = look_in(folders)
    settings = settings_of(folder)
    files = [one.file for one in seen if one.is_article]
    read_of: dict[str, FileContents] = {}
    problems = {one.file: problem for one in seen if (problem := problem_of_kind(one))}
    for done, file in enumerate(files, 1):
        read_of[file] = read_source(folders, file, settings.base_url)
        if read_of[file].problems:
            problems[file] = read_of[file].problem
        if progress:
            progress(done, len(files))
    articles = named_apart(article for found in read_of.values() for article in found.articles)
    if not articles:
        raise LibraryError(nothing_in(folder, [*problems.values()]))
    listed = listed_names(folder)
    defined = [definitions_of(article) for article in articles]
    return Library(
        folder=folder,
        articles=tuple(articles),
        names=all_names(listed, defined),
        problems=(*problems.values(), *listed.problems, *settings.problems),
        fingerprint=fingerprint(articles, listed.digest),
        sources=SourceFiles.of(
            seen,
            [problems.get(one.file, "") for one in seen],
            ["\n".join(read_of[one.file].remarks) if one.file in read_of else "" for one in seen],
        ),
        definitions=defined,
        spoken=spoken_in(articles),
        added=added,
    )


def languages_in(spoken: Mapping[str, Sequence[str]], articles: int) -> dict[str, int]:
    """How many of so many articles have something in each language, the commonest first; `spoken` as in Library."""
    counts = Counter(code for codes in spoken.values() for code in codes)
    if len(spoken) < articles:
        counts[MAIN_LANGUAGE] += articles - len(spoken)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def spoken_in(articles: Iterable[Article]) -> dict[str, Sequence[str]]:
    """The languages of those articles that are not in English throughout, by their files."""
    return {article.file: sorted({code for _, code in article.languages}) for article in articles if article.languages}


def problem_of_kind(seen: ScannedFile) -> str:
    """The sentence for a file that should be an article and is none by its ending, or by where it lies; else ""."""
    if seen.size == OUTSIDE:
        return f"{seen.file} is a link that leads out of the folder; put the file itself there."
    if seen.is_article or seen.sort or seen.file in OWN:
        return ""
    return f"{seen.file} is none of the kinds of file that are read; save it as one of {COMMON}, or remove it."


def named_apart(articles: Iterable[Article]) -> list[Article]:
    """The articles, those with one name under names that say what differs in their paths."""
    listed = [*articles]
    apart = told_apart((article.file, article.own_name or article.name) for article in listed)
    return [named(article, apart.get(article.file, "")) for article in listed]


def named(article: Article, name: str) -> Article:
    """The article under another name, or, where that is "", under its own."""
    own = article.own_name or article.name
    if (name or own) == article.name:
        return article
    return replace(article, name=name or own, own_name=own if name else "")


def nothing_in(folder: Path, problems: list[str]) -> str:
    """What is said of a folder without an article, with the sentence for each file that was left out."""
    said = f"The folder of articles {folder} has no article that can be read; put {COMMON} or other documents in it"
    return ". ".join([said, *(problem.rstrip(".") for problem in problems)]) + "."


class ListedNames(NamedTuple):
    """The names of a folder's own file, the digest of that file, and a sentence for each line left out."""

    names: Sequence[Name]
    digest: str
    problems: Sequence[str]


def listed_names(folder: Path) -> ListedNames:
    """What the file of names in a folder says; nothing where there is none."""
    try:
        data = (folder / NAMES_FILE).read_bytes()
        names, problems = read_names(decode(data), NAMES_FILE)
    except FileNotFoundError:
        return ListedNames([], "", [])
    except OSError as error:
        return ListedNames(
            [], "", [f"{NAMES_FILE} cannot be read ({error.strerror}); check that this user may read it."]
        )
    except ArticleError as error:
        return ListedNames([], "", [f"{NAMES_FILE} {error}."])
    return ListedNames(names, hashlib.sha256(data).hexdigest(), [str(problem) for problem in problems])


def definitions_of(article: Article) -> str:
    """The pairs (short form, long form) that an article defines, as JSON."""
    return json.dumps(list(definitions(visible(article.text, article.hidden).text)))


def all_names(listed: ListedNames, defined: Iterable[str]) -> tuple[Name, ...]:
    """Listed names, those that most people know, and those that articles define, as `definitions_of` gives them."""
    pairs = ((short, long) for line in defined if line != "[]" for short, long in json.loads(line))
    return tuple(merged([*listed.names, *common_names(), *names_of(pairs)]))


def fingerprint(articles: Iterable[Article], names_digest: str) -> str:
    """The fingerprint of a library with these articles and that digest of its file of names."""
    return fingerprint_of(((article.file, article.sha256) for article in articles), names_digest)


def fingerprint_of(files: Iterable[tuple[str, str]], names_digest: str) -> str:
    """The same of the articles' files and the digests of these."""
    whole = hashlib.sha256(names_digest.encode())
    for file, digest in files:
        whole.update(f"{file}\0{digest}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{whole.hexdigest()}"
