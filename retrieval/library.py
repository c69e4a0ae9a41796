"""A folder -> a Library: its articles, the names they use, and a fingerprint of it all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.articles import READERS, read
from retrieval.articles.decoding import decode
from retrieval.errors import ArticleError, LibraryError
from retrieval.names import NAMES_FILE, common_names, defined_names, merged, read_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from retrieval.model import Article
    from retrieval.names import Name

KINDS = ", ".join(READERS)


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Articles in the order of their files' paths. `problems` has a sentence for everything that was left out.

    `fingerprint` is "sha256:" and a digest that changes when a file of the library changes, comes or goes.
    """

    folder: Path
    articles: tuple[Article, ...]
    names: tuple[Name, ...]
    problems: tuple[str, ...]
    fingerprint: str


def load(folder: Path, *, progress: Callable[[int, int], None] | None = None) -> Library:
    """Everything in `folder` and below it that can be read; `progress` is told (files done, files in all).

    Hidden files are passed over. Raises LibraryError where nothing can be answered from the folder.
    """
    files, problems = _files(folder)
    articles: list[Article] = []
    for done, path in enumerate(files, 1):
        try:
            articles.append(_first_of_its_name(read(path, folder), articles))
        except ArticleError as error:
            problems.append(str(error))
        if progress:
            progress(done, len(files))
    if not articles:
        raise LibraryError(_nothing(folder, problems))
    listed, listed_digest, names_problems = _listed_names(folder)
    names = merged([*listed, *common_names(), *defined_names(article.text for article in articles)])
    return Library(
        folder=folder,
        articles=tuple(articles),
        names=tuple(names),
        problems=(*problems, *names_problems),
        fingerprint=_fingerprint(articles, listed_digest),
    )


def _files(folder: Path) -> tuple[list[Path], list[str]]:
    """The files that are articles by their ending, and a sentence for each that is not."""
    try:
        if not folder.is_dir():
            wrong = "is not a folder" if folder.exists() else "does not exist"
            raise LibraryError(
                f"The folder of articles {folder} {wrong}; name one with --seeds or QUOTH_SEEDS and put articles in it."
            )
        found = sorted(path for path in folder.rglob("*") if not _passed_over(path, folder))
    except OSError as error:
        raise LibraryError(
            f"The folder of articles {folder} cannot be read ({error.strerror}); check that this user may read it."
        ) from error
    articles = [path for path in found if path.suffix.lower() in READERS]
    others = [path.relative_to(folder).as_posix() for path in found if path.suffix.lower() not in READERS]
    return articles, [
        f"{file} is none of the kinds that are read ({KINDS}); convert it or remove it." for file in others
    ]


def _passed_over(path: Path, folder: Path) -> bool:
    relative = path.relative_to(folder)
    hidden = any(part.startswith((".", "~")) for part in relative.parts)
    return hidden or not path.is_file() or relative.as_posix() == NAMES_FILE


def _first_of_its_name(article: Article, others: Iterable[Article]) -> Article:
    for other in others:
        if other.name.casefold() == article.name.casefold():
            raise ArticleError(
                f"{article.file} has the name of {other.file}, “{article.name}”; give it a name of its own "
                "(front matter “name: …”, or another first line)."
            )
    return article


def _nothing(folder: Path, problems: list[str]) -> str:
    said = f"The folder of articles {folder} has no article that can be read; put {KINDS} files in it"
    return ". ".join([said, *(problem.rstrip(".") for problem in problems)]) + "."


def _listed_names(folder: Path) -> tuple[list[Name], str, list[str]]:
    """The names of the folder's own file, the digest of that file, and a sentence for each line left out."""
    path = folder / NAMES_FILE
    try:
        data = path.read_bytes()
        names, problems = read_names(decode(data), NAMES_FILE)
    except FileNotFoundError:
        return [], "", []
    except OSError as error:
        return [], "", [f"{NAMES_FILE} cannot be read ({error.strerror}); check that this user may read it."]
    except ArticleError as error:
        return [], "", [f"{NAMES_FILE} {error}."]
    return names, hashlib.sha256(data).hexdigest(), [str(problem) for problem in problems]


def _fingerprint(articles: Iterable[Article], names_digest: str) -> str:
    whole = hashlib.sha256(names_digest.encode())
    for article in articles:
        whole.update(f"{article.file}\0{article.sha256}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{whole.hexdigest()}"
