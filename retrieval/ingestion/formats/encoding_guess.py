"""Bytes that are no UTF-8 -> the encoding they were most likely written in.

Each encoding is tried on the lines that have other signs than ASCII, and what comes out is held against the letters of
the languages that are written in it: a text that is German has äöüß and no Ÿ amid a word. What no language tells is
asked of charset-normalizer.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = 200_000  # bytes from which an encoding is guessed
SURE = 0.9  # of the signs that are not ASCII: how many a language must know
LINE_OF_OTHERS = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
# Signs that any language has, and those between two letters of a word.
COMMON = frozenset("“”„‚‘’‛«»‹›–—…•·°§©®™€£¥¢†‡¿¡ªº²³½¼¾×÷±µ¶\xa0\xad")
LETTERS_AROUND = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·\xad–—](?=[^\W\d_])")
CAPITAL_AMID = re.compile(r"(?<=[^\W\d_])[^\W\d_]", re.UNICODE)
OTHER_SCRIPT = re.compile(r"(?:[a-zA-Z][\u0370-\u06ff]|[\u0370-\u06ff][a-zA-Z])")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")

LANGUAGES: Mapping[str, str] = {
    "German": "äöüß",
    "French": "àâæçéèêëîïôœùûüÿ",
    "Spanish": "áéíóúüñ",
    "Portuguese": "áâãàçéêíóôõúü",
    "Italian": "àèéìíîòóùú",
    "Dutch": "áéëèïíóöüúĳ",
    "Danish": "æøåéäö",
    "Swedish": "åäöéü",
    "Finnish": "äöåšž",
    "Icelandic": "áéíóúýþæðö",
    "Catalan": "àèéíïòóúüç",
    "Estonian": "äöõüšž",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíľĺňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșțşţ",
    "Croatian": "čćđšž",
    "Slovene": "čšž",
    "Turkish": "çğıöşüâîûi̇",
    "Lithuanian": "ąčęėįšųūž",
    "Latvian": "āčēģīķļņšūž",
    "Vietnamese": "ăâđêôơưàáèéìíòóùúýãõ\u0300\u0301\u0303\u0309\u0323",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя№",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш№",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ·",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת\u05b0\u05b8\u05b7\u05b4\u05b9",
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652،؛؟ـپچژگ",
}
WESTERN = (
    *("German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Danish", "Swedish", "Finnish", "Icelandic"),
    *("Catalan", "Estonian"),
)
CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "Slovene", "German")
CYRILLIC = ("Russian", "Ukrainian", "Bulgarian", "Serbian")
# The likeliest first: of two that are as good the first one is taken.
ENCODINGS: Mapping[str, tuple[str, ...]] = {
    "cp1252": WESTERN,
    "cp1250": CENTRAL,
    "cp1254": ("Turkish",),
    "iso8859_2": CENTRAL,
    "iso8859_16": ("Romanian",),
    "iso8859_9": ("Turkish",),
    "mac_roman": WESTERN,
    "cp1257": ("Lithuanian", "Latvian", "Estonian"),
    "cp1258": ("Vietnamese",),
    "cp850": WESTERN,
    "cp852": CENTRAL,
    "mac_latin2": CENTRAL,
    "cp1251": CYRILLIC,
    "koi8_r": ("Russian",),
    "koi8_u": ("Ukrainian",),
    "iso8859_5": CYRILLIC,
    "cp866": ("Russian",),
    "mac_cyrillic": CYRILLIC,
    "cp1253": ("Greek",),
    "iso8859_7": ("Greek",),
    "cp1255": ("Hebrew",),
    "cp1256": ("Arabic",),
    "iso8859_6": ("Arabic",),
}
# Encodings of two bytes a letter, with the letters that only their language has.
OF_TWO_BYTES: Mapping[str, re.Pattern[str]] = {
    "shift_jis": re.compile(r"[\u3040-\u30ff]"),
    "euc_jp": re.compile(r"[\u3040-\u30ff]"),
    "iso2022_jp": re.compile(r"[\u3040-\u30ff]"),
    "euc_kr": re.compile(r"[\uac00-\ud7a3]"),
    "gb18030": re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]"),
    "big5": re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]"),
}
# What charset-normalizer calls these and their kin, which it tells apart better than this does.
OF_MANY_LETTERS = frozenset(
    {*OF_TWO_BYTES, "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "gb2312", "gbk", "johab", "shift_jis_2004"}
)


def likeliest_encoding(data: bytes) -> str | None:
    """The encoding that some bytes, which are no UTF-8, were most likely written in; None where they are no text."""
    sample = _sample(data)
    scores = {encoding: _score(sample, encoding) for encoding in ENCODINGS}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= SURE:
        return best
    recognised = _recognised(sample)
    if recognised not in OF_MANY_LETTERS:
        for encoding, letters in OF_TWO_BYTES.items():
            if _is_of_two_bytes(sample, encoding, letters):
                return encoding
    return recognised or (best if scores[best] >= SURE / 2 else None)


def _sample(data: bytes) -> bytes:
    """The lines that have something other than ASCII, as many as are looked at."""
    found: list[bytes] = []
    size = 0
    for line in LINE_OF_OTHERS.finditer(data):
        first = max(0, line[0].find(max(line[0])) - SAMPLE // 2) if len(line[0]) > SAMPLE else 0
        found.append(line[0][first : first + SAMPLE])
        size += len(found[-1])
        if size >= SAMPLE:
            break
    return b"\n".join(found)


def _score(sample: bytes, encoding: str) -> float:
    """How many of the signs that are not ASCII the likeliest language of an encoding knows, at most 1."""
    text = sample.decode(encoding, errors="replace")
    others = [sign for sign in text if sign > "\x7f"]
    if not others or (encoding == "cp1258" and not any(map(unicodedata.combining, others))):
        return 0.0
    odd = len(LETTERS_AROUND.findall(text)) + len(OTHER_SCRIPT.findall(text)) + 2 * len(CONTROL.findall(text))
    odd += sum(text[place - 1].islower() for place in _capitals_amid(text))
    letters = [sign.lower() for sign in others if sign not in COMMON]
    known = max(sum(letter in LANGUAGES[name] for letter in letters) for name in ENCODINGS[encoding])
    return (len(others) - len(letters) + known - 2 * odd) / len(others)


def _capitals_amid(text: str) -> list[int]:
    """The places of capitals other than ASCII that stand behind a letter."""
    return [one.start() for one in CAPITAL_AMID.finditer(text) if one[0] > "\x7f" and one[0].isupper()]


def _is_of_two_bytes(sample: bytes, encoding: str, letters: re.Pattern[str]) -> bool:
    text = sample.decode(encoding, errors="replace")
    others = [sign for sign in text if sign > "\x7f"]
    broken = text.count("\ufffd")
    return bool(others) and broken <= 0.01 * len(others) and len(letters.findall(text)) >= 0.25 * len(others)


def _recognised(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - nearly all articles are UTF-8 and do without it

    best = from_bytes(sample).best()
    return best.encoding if best else None
