"""What the reranker is given of a sentence is what the articles have, however it was come by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval.analysis.analyzer import stem
from retrieval.analysis.tokenizer import forms, words
from retrieval.answer.answerer import Answerer
from retrieval.index.corpus import read
from retrieval.index.writer.update import changed
from retrieval.ingestion.scanner import look
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index.corpus import Corpus
    from retrieval.search.reranking.question_features import QuestionFeatures

RIVER = (
    "# The river\n\n## Floods\n\nThe river floods in spring. Floods took the bridge in 1932. It was built again.\n\n"
    "The bridge of Halm is the river's only one. Who built it?\n\n- boats\n- bridges and ÉTUDES\n"
)
FILES: dict[str, str | bytes] = {
    "a.md": RIVER,
    "b/b.md": "# Boats\n\nBoats cross the river. The river's boats were built in Halm by boat builders.\n",
    "b/c.txt": "The town of Halm\n\nHalm has a bridge. Nobody swims, though swimmers swam. The river rose.",
}
QUESTION = "Who built the bridge of Halm when the boats swam in the river's flood, and études?"


@pytest.fixture
def corpora(tmp_path: Path) -> dict[str, Corpus]:
    """A corpus that was read at once, and one of several parts, of which some articles are gone."""
    whole = read(library_of(tmp_path, FILES))
    (tmp_path / "a.md").write_text(RIVER + "\nThe river was low that year.\n", encoding="utf-8")
    (tmp_path / "a-new.txt").write_text("New\n\nA new bridge stands in Halm.", encoding="utf-8")
    several, _ = changed(whole, look(tmp_path))
    return {"whole": whole, "several": several}


def seen(corpus: Corpus, asked: QuestionFeatures, number: int) -> dict[str, object]:
    """What a passage has to say of a sentence, by the corpus's own lists of terms."""
    wanted = set(asked.terms)
    sentence = corpus.sentences[number]
    paragraph, article = corpus.paragraph_of(number), corpus.article_of(number)
    mine = corpus.article_terms(article).tolist()

    def beside(other: int) -> set[int]:
        return wanted & set(corpus.terms_of(other).tolist()) if corpus.paragraph_of(other) == paragraph else set()

    return {
        "text": sentence.text,
        "forms": f" {' '.join(word.form for word in words(sentence.text))} ",
        "length": len(words(sentence.text)),
        "is_question": sentence.text.endswith("?"),
        "title": set(corpus.title_terms(article).tolist()),
        "terms": wanted & set(corpus.terms_of(number).tolist()),
        "before": beside(number - 1),
        "after": beside(number + 1),
        "paragraph": wanted & set(corpus.paragraph_terms(paragraph).tolist()),
        "article": {term: mine.count(term) for term in wanted if term in mine},
        "opens_paragraph": corpus.paragraph_of(number - 1) != paragraph,
    }


@pytest.mark.parametrize("which", ["whole", "several"])
def test_a_passage_has_the_terms_of_its_sentence_and_of_what_is_around_it(
    corpora: dict[str, Corpus], which: str
) -> None:
    corpus = corpora[which]
    answerer = Answerer(corpus.library, corpus=corpus)
    features = answerer.features(answerer.analyze(QUESTION))
    numbers = range(len(corpus.sentences))

    passages = features.of([corpus.sentences[number] for number in reversed(numbers)])[::-1]

    expected = [seen(corpus, features.question, number) for number in numbers]
    assert [{name: getattr(passage, name) for name in expected[0]} for passage in passages] == expected


@pytest.mark.parametrize("which", ["whole", "several"])
def test_sentences_asked_for_together_are_those_asked_for_one_by_one(corpora: dict[str, Corpus], which: str) -> None:
    corpus = corpora[which]
    numbers = [*range(len(corpus.sentences)), 0, 3]

    found = corpus.sentences_at(np.array(numbers, dtype=np.int32))

    assert found == [corpus.sentences[number] for number in numbers]
    assert [corpus.place(sentence) for sentence in found] == numbers


def pairs(line: str, asked: QuestionFeatures) -> set[str]:
    return {pair for pair in asked.bigrams if pair in line}


# Words of which several have one stem, some of them irregular.
ALIKE = """
    lose lost losing hope hopes hoping die dying sky skies happy happily able ability the of does naïve US
""".split()  # noqa: SIM905 - a line of words reads better than quoted items
WORDS = st.lists(st.sampled_from(ALIKE), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(question="who lost hope", said="they lose hopes")
@example(question="the sky of hope", said="the skies of hope")
@example(question="how many hopes are there", said="they had lost quarters hope")
@given(question=WORDS, said=WORDS)
def test_pairs_of_words_are_found_as_if_every_word_was_stemmed(
    tmp_path_factory: pytest.TempPathFactory, question: str, said: str
) -> None:
    answerer = Answerer(library_of(tmp_path_factory.mktemp("a"), {"a.txt": f"Title\n\nWe say {said} again."}))
    features = answerer.features(answerer.analyze(question))
    sentences = list(answerer.corpus.sentences)

    passages = features.of(sentences)

    asked = features.question
    stems = [f" {' '.join(map(stem, forms(sentence.text)))} " for sentence in sentences]
    expected = [(pairs(line, asked), asked.counted is not None and bool(asked.counted.search(line))) for line in stems]
    lines = [passage.stems for passage in passages]
    found = [(pairs(line, asked), asked.counted is not None and bool(asked.counted.search(line))) for line in lines]
    assert found == expected


@given(st.text(max_size=60) | st.text("aS US'’`.,-1é ad", max_size=40))
def test_the_forms_of_a_text_are_those_of_its_words(text: str) -> None:
    assert forms(text) == [word.form for word in words(text)]


def test_a_corpus_gives_memory_back_once_much_is_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = read(library_of(tmp_path, FILES))
    released: list[str] = []
    corpus.release = lambda: released.append("released")

    corpus.tidy()
    monkeypatch.setattr("retrieval.index.corpus.MOST_MAPPED", -1)
    corpus.tidy()

    assert released == ["released"]
