"""Small libraries in ten languages, and one in four at once: their questions find the sentences that answer them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.analysis.languages.recognition import language_of
from retrieval.analysis.sentence_splitter import split
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, shown
from retrieval.core.query_model import SmallTalk
from retrieval.ingestion import library

LIBRARIES = Path(__file__).parents[1] / "data" / "languages"
LANGUAGES = sorted(path.name for path in LIBRARIES.iterdir())


def questions(language: str) -> list[dict[str, Any]]:
    lines = (LIBRARIES / language / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answerer_of(language: str) -> Answerer:
    return Answerer(library.load(LIBRARIES / language / "articles"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_found_is_the_one_that_answers(language: str) -> None:
    answerer = answerer_of(language)

    found = {one["question"]: answerer.answer(one["question"]) for one in questions(language) if one["says"]}

    for one in questions(language):
        if one["says"]:
            reply = found[one["question"]]
            assert isinstance(reply, Answer), one
            best = shown(reply)[0]
            assert one["says"] in best.article.text[best.sentences[0].start : best.sentences[0].end], one


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_articles_say_nothing_of_is_refused(language: str) -> None:
    answerer = answerer_of(language)

    for one in questions(language):
        if not one["says"]:
            assert isinstance(answerer.answer(one["question"]), NoAnswer), one


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "mixed"])
def test_each_article_is_known_to_be_in_its_language(language: str) -> None:
    articles = library.load(LIBRARIES / language / "articles")

    assert list(articles.languages) == [language]


def test_a_folder_of_four_languages_knows_all_of_them() -> None:
    assert set(library.load(LIBRARIES / "mixed" / "articles").languages) == {"en", "de", "fr", "ja"}


def test_front_matter_says_which_language_an_article_is_in(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: pt-BR\n---\n\nSala 4.\n", encoding="utf-8")

    assert list(library.load(tmp_path).languages) == ["pt"]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Der Vertrag gilt seit dem 7. Juli 1994. Er folgt aus § 8 Abs. 3 Nr. 2 bis 5, vgl. Anl. 1.", 2),
        ("de", "Um 300 v. Chr. lebten dort z. B. Fischer. Die Stadt kam später.", 2),
        ("fr", "Mme Blanc a fermé l’écluse. « Elle est vieille ! » dit M. Petit. On lira l’art. 7 et la p. 12.", 3),
        ("es", "El Sr. Vega y la Dra. Gil firmaron en EE. UU. el pacto. Véase la pág. 30 del vol. II.", 2),
        ("tr", "Bölük 3. Ordu ile birleşti. Savaş 19. yüzyılda bitti.", 2),
        ("ru", "В 988 г. князь принял новую веру. Город стоял на р. Днепр.", 2),
        ("ja", "船は出た。「もう遅い。」と彼は言った。夜になった！", 3),
        ("zh", "桥五月关闭。六月重新开放！为什么？", 3),
        ("hi", "पुल मई में बंद हुआ। वह जून में खुला।", 2),
        ("ar", "هل يُفتح الجسر؟ يُفتح في حزيران. ثم يُغلق.", 3),
        ("pt", "O rei morreu em 12 a. C. A cidade caiu depois.", 2),
    ],
)
def test_sentences_end_as_the_language_ends_them(language: str, text: str, sentences: int) -> None:
    assert len(split(text, language)) == sentences, [text[one.start : one.end] for one in split(text, language)]


def test_a_text_that_tells_nothing_is_taken_for_english() -> None:
    assert language_of("Bow | 12 s | 30 m") == "en"


@pytest.mark.parametrize(
    ("language", "said", "kind"),
    [
        ("de", "Guten Morgen!", SmallTalk.GREETING),
        ("ru", "Спасибо!", SmallTalk.THANKS),
        ("ja", "ありがとうございます。", SmallTalk.THANKS),
        ("ar", "صباح الخير", SmallTalk.GREETING),
    ],
)
def test_small_talk_is_known_in_the_language_of_the_library(language: str, said: str, kind: SmallTalk) -> None:
    assert answerer_of(language).analyze(said).query.small_talk is kind


def test_a_mark_in_a_script_without_spaces_falls_on_the_whole_word() -> None:
    reply = answerer_of("ja").answer("赤い橋はいつ完成しましたか？")

    best = shown(reply)[0]
    marked = [best.article.text[mark.start : mark.end] for mark in best.marks]
    assert marked[0].startswith("赤い橋"), marked
