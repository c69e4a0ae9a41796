"""One thing with many names and spellings, asked for by any of them; all through the answerer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.analysis.synonyms import Name, merged
from retrieval.core.model import shown
from tests.counting import calls
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer

ARTICLES: dict[str, str | bytes] = {
    "names.txt": (
        "Lake Group = LG, IT\n"
        "Salah ad-Din = Salahuddin, Salah al-Din\n"
        "Tel Hol = Tal Hawl\n"
        "Order of the Heron = Heronists\n"
    ),
    "harbour.md": (
        "# The harbour\n\n"
        "The Harbour Relief Fund (HRF) was founded by fishermen.\n\n"
        "HRF pays for new nets every winter. HRF's chair is vacant.\n\n"
        "NLS (National Lighthouse Service) painted the tower red.\n\n"
        "The National Lighthouse Service sold its last lamp.\n\n"
        "Police found improvised flood barriers (IFBs) near the quay.\n\nOne IFB weighed four tonnes.\n\n"
        "The US embassy lent a crane. They told us nothing about the price.\n"
    ),
    "valley.md": (
        "# The valley\n\n"
        "IT bought the old mill from a widow. It is raining in the valley again.\n\n"
        "The governor of Salahuddin closed the road. Camels were sold at al-Kharfa market.\n\n"
        "Tents were burnt in Tel Hol camp. Ibrahim al-Qurashi mended the bridge.\n\n"
        "The bishop of Łódź met Recep Yıldız. ʿAlī Riḍā wrote the letter.\n\n"
        "The Order of the Heron feeds swans. Three NGOs counted the herons’ eggs.\n\n"
        "Abu Omar ash-Sharqi lost the election. The walls of Deir ez-Zarb fell.\n"
    ),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("names"), ARTICLES)


def found(answerer: Answerer, question: str) -> set[str]:
    """The sentences that answer `question`; none where there is no answer."""
    reply = answerer.answer(question)
    quotes = shown(reply)
    return {quote.article.text[span.start : span.end] for quote in quotes for span in quote.sentences}


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # Defined in the articles.
        ("What does the Harbour Relief Fund pay for?", "HRF pays for new nets every winter."),
        ("What does the H.R.F. pay for?", "HRF pays for new nets every winter."),
        ("Who founded the HRF?", "The Harbour Relief Fund (HRF) was founded by fishermen."),
        ("Which lamp did the NLS have?", "The National Lighthouse Service sold its last lamp."),
        ("What did the National Lighthouse Service paint?", "NLS (National Lighthouse Service) painted the tower red."),
        # Plurals and possessives.
        ("What did the improvised flood barrier weigh?", "One IFB weighed four tonnes."),
        ("Where were the IFBs found?", "Police found improvised flood barriers (IFBs) near the quay."),
        ("Which NGO counted eggs?", "Three NGOs counted the herons’ eggs."),
        ("What are the HRF's nets?", "HRF pays for new nets every winter."),
        ("What are the Harbour Relief Fund’s nets?", "HRF pays for new nets every winter."),
        # Capitals.
        ("What did IT buy?", "IT bought the old mill from a widow."),
        ("What did the Lake Group buy?", "IT bought the old mill from a widow."),
        ("Is it raining?", "It is raining in the valley again."),
        ("What did the US-sponsored embassy lend?", "The US embassy lent a crane."),
        ("What did the US lend?", "The US embassy lent a crane."),
        ("What did the U.S. lend?", "The US embassy lent a crane."),
        ("What did the U.S lend?", "The US embassy lent a crane."),
        ("What did the United States lend?", "The US embassy lent a crane."),
        ("What were we told about the price?", "They told us nothing about the price."),
        # Hyphens, transliterations, letters that a keyboard lacks.
        ("Who governs Salah ad-Din?", "The governor of Salahuddin closed the road."),
        ("Who governs salah al din?", "The governor of Salahuddin closed the road."),
        ("What burnt in Tal Hawl?", "Tents were burnt in Tel Hol camp."),
        ("What burnt in Tel-Hol?", "Tents were burnt in Tel Hol camp."),
        ("Where was al Kharfa?", "Camels were sold at al-Kharfa market."),
        ("What was sold at Kharfa?", "Camels were sold at al-Kharfa market."),
        ("What was sold at AlKharfa?", "Camels were sold at al-Kharfa market."),
        ("What was sold at El\u2011Kharfa?", "Camels were sold at al-Kharfa market."),
        ("Who is Qurashi?", "Ibrahim al-Qurashi mended the bridge."),
        ("What did Quraishy mend?", "Ibrahim al-Qurashi mended the bridge."),
        ("Who is bishop of Lodz?", "The bishop of Łódź met Recep Yıldız."),
        ("Who met Yildiz?", "The bishop of Łódź met Recep Yıldız."),
        ("What did Ali Rida write?", "ʿAlī Riḍā wrote the letter."),
        ("What did Omar al-Sharqi lose?", "Abu Omar ash-Sharqi lost the election."),
        ("What fell in Deir al-Zarb?", "The walls of Deir ez-Zarb fell."),
        ("What do Heronists feed?", "The Order of the Heron feeds swans."),
    ],
)
def test_any_name_of_a_thing_finds_the_sentence_in_the_words_of_the_source(
    answerer: Answerer, question: str, sentence: str
) -> None:
    assert sentence in found(answerer, question)


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("What did the Lake Group buy?", ("IT",)),
        ("Who governs Salah al-Din?", ("Salahuddin",)),
        ("What does the Harbour Relief Fund pay for?", ("HRF",)),
        ("What does the HRF pay for?", ("Harbour Relief Fund",)),
    ],
)
def test_what_else_was_looked_for_is_told_in_the_words_of_the_sources(
    answerer: Answerer, question: str, also: tuple[str, ...]
) -> None:
    assert [term.also for term in answerer.answer(question).query.terms if term.also] == [also]


def test_a_small_word_in_capitals_that_is_no_name_is_a_small_word(answerer: Answerer) -> None:
    terms = answerer.answer("Who bought IT OR the mill?").query.terms

    assert [term.term for term in terms] == ["buy", "=Lake Group", "mill"]


def test_names_that_share_a_name_are_one_under_the_first_main_name() -> None:
    names = [
        Name("Lake Group", ("LG",)),
        Name("Mill", ("Works",)),
        Name("lg", ("Lakers",)),
        Name("WORKS", ("LAKE GROUP", "works")),
    ]

    assert merged(names) == [
        Name("Lake Group", ("LG",)),
        Name("Mill", ("Works", "WORKS", "LAKE GROUP", "works")),
        Name("lg", ("Lakers",)),
    ]
    assert merged([*names, Name("LG", ("Lakers", "works"))]) == [
        Name("Lake Group", ("LG", "Mill", "Works", "WORKS", "LAKE GROUP", "works", "lg", "Lakers"))
    ]


def test_the_work_that_names_are_grows_with_their_number_and_not_faster() -> None:
    def work(number: int) -> int:
        names = [Name(f"Group {n}", (f"G {n}", f"Groupe {n}")) for n in range(number)]
        return calls(lambda: merged(names))

    assert work(4000) < 5 * work(1000)
