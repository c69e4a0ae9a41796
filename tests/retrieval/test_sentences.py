"""Where sentences end."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.analysis.sentence_splitter import _stretches, bounds, punkt, split
from retrieval.index.encoding import sentence_bounds
from retrieval.index.encoding.sentence_bounds import sentences_in
from retrieval.index.encoding.utf8 import Utf8Texts
from retrieval.index.native import functions

SHARED = Path(__file__).parents[3] / "shared" / "data" / "sentences"


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. army left.", "It was 5 p.m. on Monday."],
        ["Dr. Smith met J. R. Jones, e.g. in Washington, D.C., in Jan. 2016.", "They talked."],
        ["“Is it over?” asks the general.", "Nobody knows."],
        ["He said: “It is over.”", "Then he left."],
        ["They waited … and waited.", "Nothing came ...", "In May it did."],
        ["It costs $ 3.5 million a month.", "See no. 5 and pp. 12–14."],
        ["Really?!", "Yes!", "No…", "Maybe."],
        ["It was founded by Acme Inc.", "The rest is history."],
        ["Poe et al. (2019) saw it.", "So did Roe et al. [4] in Fig. 3 and Eq. 12.", "Poe et al. did not."],
        ["Add 3 tbsp. of oil and 20 ml. of milk.", "Wait for 5 min. at most.", "Then stir."],
        ["Take 30 ml.", "Then wait 10 sec.", "It is 4 in. wide."],
        ["Wm. Poe and Geo. Roe met Cllr. Doe.", "Dr. A. B. Coe was there, see vol. II and App. B."],
        ["It opens at 9 a.m.", "Ada has the key.", "It shuts at 5 p.m. Friday and at 6 p.m. GMT else."],
        ["See No. 5, p. 12 and ch. 3.", "He said no.", "It is pop. 300 or approx. 300."],
        ["Max. two a person, incl. children.", "She lives in Apt. 5."],
        ["Am 3. Oktober 1990 trat Abs. 2 Nr. 1 in Kraft.", "Es kostete 5 Mio. Euro, bzw. mehr.", "Vgl. Kap. 3."],
        ["Mme. Poe a fermé le pont selon l'art. 12.", "Il est à M. Roe."],
        ["La Sra. Poe cerró el puente.", "Véase la pág. 12."],
        ["Put an ! before it and a . behind.", 'The dot (.) or "." ends it.', "It is aka. the mill."],
        ["هل أُغلق الجسر؟", "نعم، أُغلق."],
        ["क्या पुल बंद है?", "हाँ।", "पुल बंद है।"],
        ["Կամուրջը փակ է։", "Այն հին է։"],
    ],
)
def test_a_sentence_ends_where_a_reader_would_say(sentences: list[str]) -> None:
    text = " ".join(sentences)

    assert [text[span.start : span.end] for span in split(text)] == sentences


def test_a_sentence_ends_without_a_space_where_the_script_sets_none() -> None:
    text = "橋は閉まった。六月に開く！「本当か？」と聞いた。"

    assert [text[span.start : span.end] for span in split(text)] == [
        "橋は閉まった。",
        "六月に開く！",
        "「本当か？」",
        "と聞いた。",
    ]


@given(text=st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split(text)

    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


# Pieces of text at which an end is doubtful: marks, what stands around them, abbreviations, initials, numbers.
PIECES = st.sampled_from(
    [
        *".!?…'\"()[]{}“”’«»;:,-*",
        " ",
        " ",
        " ",
        "\n",
        "\t",
        "\xa0",
        "\x1c",
        "...",
        "U.S",
        "e.g",
        "Dr",
        "no",
        "J",
        "P",
        "S",
        "3.5",
        "1,000",
        "20",
        "the",
        "The",
        "Word",
        "word",
        "É",
        "ß",
        "²",
        "Inc",
        "well-known",
        "Mr",
        "etc",
    ]
)


@given(text=st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=30))
def test_what_punkt_sees_is_seen_without_its_tokens(text: str) -> None:
    assert _stretches(text)[0] == [(start, end) for start, end in punkt().span_tokenize(text) if start < end]


LETTERS = st.sampled_from(
    [*"ab1²ßÉ中", *"'’-–/_$%&#*~+=<>^|@…,;:()[]{}\"“”«»‘`", "Mr", "St", "no", "ph", "al", "\u0301"]
)


@given(word=st.lists(LETTERS, min_size=1, max_size=6).map("".join), following=st.sampled_from(["Word", "É", "W)", "A"]))
def test_what_is_sure_to_be_an_end_is_one_for_punkt(word: str, following: str) -> None:
    assert _stretches(f"A {word}. {following} b")[0] == [
        (start, end) for start, end in punkt().span_tokenize(f"A {word}. {following} b") if start < end
    ]


@pytest.mark.parametrize(("name", "least"), [("pud_news", 99.5), ("pud_wiki", 99.5), ("ewt_dev_test", 87.5)])
def test_the_ends_are_those_that_people_marked(name: str, least: float) -> None:
    file = SHARED / f"{name}.jsonl"
    if not file.exists():
        pytest.skip(f"the marked paragraphs {name} are not beside the checkout")
    found = made = meant = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        end = len(row["text"].rstrip())
        right = {place for place in row["sentence_ends"] if place < end}
        ours = {span.end for span in split(row["text"]) if span.end < end}
        found, made, meant = found + len(right & ours), made + len(ours), meant + len(right)

    assert 200 * found / (made + meant) >= least


WORDS = [
    *(
        "the",
        "The",
        "Mr",
        "inc",
        "U.S",
        "no",
        "a",
        "I",
        "é",
        "“Who",
        "’",
        "–",
        "…",
        "3.5",
        "1990",
        "well-known",
        "B2",
        "Abc.D",
        "(so)",
        "\xa0",
    ),
    *("Wordy", "abbreviations", "et.al", "«", "\n", "\u2028", "\u3000", "\x7f"),
    *("12", "3", "Oktober", "ml", "min", "al", "Eq", "vol", "II", "5 p.m", "Friday", "pág", "ud", "中", "（", "」"),
]
MARKS = ["。", "！", "？", "؟ ", "। ", "։ ", ".", "?", ". ", "? ", "! ", " ", "  ", ") ", ".) ", '." ', ".” ", "--", ""]
STRETCHES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)).map("".join), max_size=9).map("".join)


@given(paragraphs=st.lists(STRETCHES | STRETCHES.map(str.strip) | st.text(), max_size=5))
@settings(max_examples=400)
def test_the_sentences_of_many_paragraphs_are_those_of_each(paragraphs: list[str]) -> None:
    letters = Utf8Texts(paragraphs)

    counts, starts, ends = sentences_in(letters, letters.at[:-1], letters.at[1:])

    expected = [bounds(paragraph) for paragraph in paragraphs]
    assert counts.tolist() == [len(found) for found in expected]
    assert [*zip(starts.tolist(), ends.tolist(), strict=True)] == [
        (at + start, at + end) for at, found in zip(letters.at.tolist(), expected, strict=False) for start, end in found
    ]


@pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
def test_a_plain_paragraph_is_split_without_being_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_bounds, "bounds", None)
    text = "The group’s goats cost 3.5 euros. They left! Crème for example.org – and for Él (he came). Why?"
    letters = Utf8Texts([text])

    _, starts, ends = sentences_in(letters, letters.at[:-1], letters.at[1:])

    assert [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)] == [
        "The group’s goats cost 3.5 euros.",
        "They left!",
        "Crème for example.org – and for Él (he came).",
        "Why?",
    ]
