"""Bytes of every origin become the text that was written, or one with a remark."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.errors import ArticleError
from retrieval.ingestion.formats.decoding import decoded

CASES = Path(__file__).parents[3] / "shared" / "cases" / "17-encodings-guessed-wrong" / "articles"
TEXTS = {
    "German": "Das Wehr gehört der Stadt. Über die Kosten schweigt der Bürgermeister. Groß sind sie, häufig auch.",
    "French": "Le barrage a été construit là où la rivière est étroite. Où est la clé? Ça, personne ne le sait.",
    "Spanish": "El molino cerró en otoño. ¿Quién pagó? La señora Núñez pagó según él más de lo que debía.",
    "Portuguese": "A ponte não está aberta. As pessoas vão até à outra margem, onde há razões para ficar.",
    "Finnish": "Mylly pyörii päivällä. Yöllä se lepää, ja silloin kävelijät pääsevät sillan yli. Äiti ei tiedä syytä.",
    "Danish": "Møllen står ved åen. Den er ærlig talt grøn og gammel, og børnene går forbi på vej til skole.",
    "Polish": "Młyn stoi nad rzeką. Właściciel mówi, że źródło jest głęboko. Żaden gość nie wie, skąd płynie woda.",
    "Czech": "Mlýn stojí u řeky. Řidič říká, že tůň je hluboká a že žádný člověk neví, odkud přišla ta voda. Šťáva.",
    "Hungarian": "A malom a folyó mellett áll. Az őr szerint a víz mély, és senki sem tudja, honnan jön. Fűzfák nőnek.",
    "Romanian": "Moara stă lângă râu. Bătrânul spune că apa e adâncă şi că nimeni nu ştie de unde. Ţăranii îl cred.",
    "Turkish": "Değirmen ırmağın yanında. Yaşlı adam suyun derin olduğunu söylüyor; kimse nereden geldiğini bilmez.",
    "Russian": "Мельница стоит у реки. Старик говорит, что вода глубокая и что никто не знает, откуда она пришла.",
    "Ukrainian": "Млин стоїть біля річки. Дід каже, що вода глибока і що ніхто не знає, звідки вона прийшла.",
    "Greek": "Ο μύλος είναι δίπλα στο ποτάμι. Ο γέρος λέει ότι το νερό είναι βαθύ, κανείς δεν ξέρει από πού έρχεται.",
    "Japanese": "水車は川のそばにある。老人は水が深いと言い、どこから来るのか誰も知らない。夏には子どもが泳ぐ。",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *((language, "cp1252") for language in ("German", "French", "Spanish", "Portuguese", "Finnish", "Danish")),
        *((language, "mac_roman") for language in ("German", "French", "Spanish")),
        *((language, "cp1250") for language in ("Polish", "Czech", "Hungarian", "Romanian")),
        *((language, "iso8859_2") for language in ("Polish", "Czech")),
        ("Turkish", "cp1254"),
        *(("Russian", encoding) for encoding in ("cp1251", "koi8_r", "iso8859_5", "cp866")),
        ("Ukrainian", "cp1251"),
        ("Greek", "cp1253"),
        *(("Japanese", encoding) for encoding in ("shift_jis", "euc_jp")),
        *((language, encoding) for language in TEXTS for encoding in ("utf-16", "utf-16-le", "utf-16-be")),
    ],
)
def test_a_text_in_another_encoding_is_read_right(language: str, encoding: str) -> None:
    text = f"A title\n\n{TEXTS[language]}\n{TEXTS[language]}\n"

    found = decoded(text.encode(encoding))

    assert found.text == text
    assert bool(found.remarks) is (encoding != "utf-16")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("bad", [b"\xef", b"\xff", b"\xc3"])
def test_a_bad_byte_costs_one_sign(language: str, bad: bytes) -> None:
    text = TEXTS[language]

    found = decoded(text.encode() + b" naive " + bad + b" word. " + text.encode())

    assert found.text == f"{text} naive \ufffd word. {text}"
    assert found.remarks == (
        f"has a byte that is no UTF-8, at byte {len(text.encode()) + 7:,}; save it as UTF-8 text to be sure",
    )


def test_a_letter_that_is_cut_off_at_the_end_costs_one_sign() -> None:
    assert decoded("Où est l’été".encode()[:-1]).text == "Où est l’ét\ufffd"


def test_the_first_letter_of_its_kind_may_stand_far_behind() -> None:
    text = "The weir is old and red. " * 12_000 + "It is by the café."

    assert decoded(text.encode("cp1252")).text == text


def test_a_few_zero_bytes_are_a_slip_and_many_are_no_text() -> None:
    text = "The weir is old and red. " * 100

    assert decoded(text.encode() + b"\0").text == text + " "
    with pytest.raises(ArticleError, match="is not text"):
        decoded(b"\x7fELF\0\0\0\0\x01\0\0\0\0\0\0\0\x03")


@given(data=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        found = decoded(data)
    except ArticleError as error:
        assert str(error)  # noqa: PT017 - both are right
    else:
        assert "\0" not in found.text or not data.count(b"\0")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("fi", "siitä löytyi särö"),
        ("tr", "Kırmızı köprü"),
        ("cs", "Červený most"),
        ("mac", "März"),
        ("pl", "Łódź może"),
    ],
)
def test_the_cases_of_wrong_guesses_are_read_right(file: str, words: str) -> None:
    path = CASES / f"{file}.txt"
    if not path.exists():
        pytest.skip("the cases are not beside the checkout")

    found = decoded(path.read_bytes())

    assert words in found.text
    assert "which is a guess" in found.remarks[0]
