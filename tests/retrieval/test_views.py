"""What somebody may not see is not there: their answerer is that of a library without it, word for word."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli.terminal.reply_records import reply_record
from retrieval.answer.source_comparison import survey
from retrieval.answer.verification import verify
from retrieval.core.model import Answer, NoAnswer, Reply, shown
from retrieval.ingestion.collection_names import collection_of, other_versions, version_of
from retrieval.search.article_filter import ArticleFilter
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answer.answerer import Answerer

# Names that one article defines and others use, words in several spellings, and the same words in several collections.
SENTENCES = (
    "The Harbour Safety Board (HSB) closed the north pier in March 2016.",
    "The HSB opened the north pier again, said Lena Okafor.",
    "Brackwater is a town on the coast, and the coast road floods in winter.",
    "The Hill School Bus (HSB) leaves Brackwater at seven.",
    "Lena Okafor chairs the Lantern Committee (LC) since 2018.",
    "The Lantern of the old pier was lit; the lantern in Brackwater was not.",
    "Members of the harbour safety board met in Brackwater.",
    "In 2019 the committee counted 412 boats in the harbour.",
    "Nobody knows the budget of the LC.",
    "Parking on the coast road is free after six.",
)
SECRETS = (
    "The merger with Quillon Freight is called Operation Zephyr (OZ).",
    "Lena Okafor is to be dismissed in the committee’s zephyr plan.",
    "The secret budget of the LC is 90,000 crowns.",
    "Brackwatter and Lanturn are the code words of the harbour.",
    "The Harbour Sabotage Bureau (HSB) watches the north pier.",
)
QUESTIONS = (
    "Who chairs the Lantern Committee?",
    "What did the HSB close?",
    "When did the harbour safety board meet?",
    "How many boats are in the harbour?",
    "What is the budget of the LC?",
    "What is Operation Zephyr?",
    "Where is Brackwatr?",
    "Who is Lena Okaffor?",
    "Is parking free on the coast road?",
    "What about the lanturn?",
)
FOLDERS = ("", "rules/", "board/", "@77/notes/", "v1/", "v2/")

text = st.tuples(
    st.sampled_from(["Pier", "Coast", "The LC", "Boats", "Rules"]),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3),
)
files = st.dictionaries(
    st.tuples(st.sampled_from(FOLDERS), st.sampled_from("abc")).map(lambda place: f"{place[0]}{place[1]}.txt"),
    text.map(lambda said: f"{said[0]}\n\n{' '.join(said[1])}"),
    min_size=1,
    max_size=6,
)
secret = st.dictionaries(
    st.sampled_from(["board/a.txt", "board/z.txt", "@77/notes/c.txt", "secret/plan.txt"]),
    st.lists(st.sampled_from(SECRETS + SENTENCES), min_size=1, max_size=3).map(
        lambda said: f"Pier\n\n{' '.join(said)}"
    ),
    min_size=1,
    max_size=3,
)


def said(answerer: Answerer) -> list[Any]:
    """All that somebody can get out of an answerer."""
    replies: list[Reply] = [answerer.answer(question) for question in QUESTIONS]
    replies += [answerer.answer("And where?", after=reply.query) for reply in replies[:3]]
    replies += [survey(answerer, question) for question in QUESTIONS[:3]]
    replies += [answerer.answer(QUESTIONS[0], limit=9, weaker=True)]
    articles = answerer.library.articles
    return [
        answerer.library.fingerprint,
        answerer.library.names,
        [(article.file, article.name) for article in articles],
        sorted(answerer.corpus.collection_names),
        [reply.query for reply in replies],
        [reply_record(reply, id=None, elapsed_ms=0, library="") for reply in replies],
        [
            [(place.article.file, place.span) for place in verify(sentence, articles).places]
            for sentence in (*SENTENCES[:3], *SECRETS[:2])
        ],
        [answerer.terms.near(term) for term in ("budget", "harbour", "committe")],
        dict(answerer.corpus.forms),
        dict(answerer.searcher.frequencies),
    ]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seen=files, hidden=secret)
def test_a_view_says_what_a_library_says_that_never_had_what_is_hidden(
    tmp_path_factory: pytest.TempPathFactory, seen: dict[str, str], hidden: dict[str, str]
) -> None:
    closed = {collection_of(file) for file in hidden}
    open_files = {file: content for file, content in seen.items() if collection_of(file) not in closed}
    if not open_files:
        return
    plain = answerer_of(tmp_path_factory.mktemp("plain"), dict(open_files))
    whole = answerer_of(tmp_path_factory.mktemp("whole"), {**seen, **hidden})

    assert said(whole.without(closed)) == said(plain)


def test_hidden_words_never_change_what_is_said_however_many_there_are(tmp_path: Path) -> None:
    rng = random.Random(5)  # noqa: S311 - no secret is made of it
    seen = {f"rules/{n}.txt": f"Rule {n}\n\n{rng.choice(SENTENCES)}" for n in range(5)}
    outputs = []
    for number, secrets in enumerate(([], SECRETS, SECRETS * 9)):
        hidden = {f"board/{n}.txt": f"Rule {n}\n\n{secret}" for n, secret in enumerate(secrets)}
        outputs.append(
            said(answerer_of(tmp_path / str(number), {**seen, **hidden, "board/x.txt": "X\n\nY."}).without({"board"}))
        )

    assert outputs[0] == outputs[1] == outputs[2]


def test_who_sees_everything_and_who_is_asked_of_everything_gets_the_same_answerer(tmp_path: Path) -> None:
    answerer = answerer_of(tmp_path, {"a.txt": "A\n\nThe pier is closed.", "board/b.txt": "B\n\nThe pier is sold."})

    assert answerer.without(frozenset()) is answerer
    assert answerer.without({"no such folder"}) is answerer
    assert answerer.without({"board"}) is answerer.without({"board", "no such folder"})


def test_who_may_see_nothing_is_refused(tmp_path: Path) -> None:
    nothing = answerer_of(tmp_path, {"board/b.txt": "B\n\nThe pier is sold."}).without({"board"})
    reply = nothing.answer("What of the pier?")

    assert isinstance(reply, NoAnswer)
    assert (reply.searched, reply.nearest, len(nothing.library.articles)) == (0, (), 0)
    assert isinstance(survey(nothing, "What of the pier?"), NoAnswer)


@pytest.mark.parametrize(
    ("file", "collection"),
    [
        ("a.txt", ""),
        ("rules/a.txt", "rules"),
        ("rules/deep/a.txt", "rules"),
        ("@12/notes/a.txt", "@12/notes"),
        ("@12/notes/deep/a.txt", "@12/notes"),
        ("@12/a.txt", "@12"),
        ("@home/notes/a.txt", "@home"),
    ],
)
def test_the_first_folder_is_the_collection_and_a_servers_own_has_two(file: str, collection: str) -> None:
    assert collection_of(file) == collection


def test_of_several_versions_the_newest_is_asked_unless_another_is_chosen() -> None:
    folders = ["", "faq", "v1", "v2", "v10", "api-1.x", "api-2.0", "2018", "2019", "@7/v1"]

    assert other_versions(folders) == {"v1", "v2", "api-1.x"}
    assert other_versions(folders, {"v2"}) == {"v1", "v10", "api-1.x"}
    assert version_of("2019") is None, "a folder of a year is no version"


def test_an_old_version_is_asked_only_where_it_is_named(tmp_path: Path) -> None:
    answerer = answerer_of(
        tmp_path,
        {
            "v1/setup.md": "# Setup\n\nThe harbour server listens on port 80.",
            "v2/setup.md": "# Setup\n\nThe harbour server listens on port 8080.",
            "faq.md": "# Questions\n\nThe harbour is open on Sunday.",
        },
    )
    question = "On which port does the harbour server listen?"

    def files(**narrowed: Any) -> set[str]:
        reply = answerer.answer(question, weaker=True, limit=9, asked_of=ArticleFilter(**narrowed))
        return {quote.article.file for quote in shown(reply)}

    assert files() == {"v2/setup.md", "faq.md"}
    assert files(versions=frozenset({"v1"})) == {"v1/setup.md", "faq.md"}
    assert files(collections=frozenset({"v1"})) == {"v1/setup.md"}
    assert files(file="v1/setup.md") == {"v1/setup.md"}
    assert files(collections=frozenset({"nothing"})) == set()
    assert isinstance(answerer.answer(question), Answer)
