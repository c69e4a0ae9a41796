"""Which language a text is in, told from its letters and its small words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from retrieval.analysis.english.stopwords import STOP_WORDS
from retrieval.analysis.languages.registry import MAIN, UNKNOWN, code_of, pack_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from retrieval.core.model import Block

READ = 4_000  # characters of a text that are looked at
# Small words that English has all over; where a text has so many, nothing else is asked.
ENGLISH_WORDS = (" the ", " of ", " and ", " to ", " is ")
PER_ENGLISH_WORD = 90  # characters
SHORTEST_SECTION = 120  # characters; a shorter section is in its article's language
FEWEST = 3  # small words that tell a language from the one that is expected
FEWEST_OF_QUESTION = 2
SHARE = 0.08  # of all words, at least
AHEAD = 1.5  # times as many as the language that is expected has
FAR_AHEAD = 2.5  # the same for a language that nothing in the library is in
WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")

SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("latin", "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
        ("cyrillic", "[\u0400-\u052f]"),
        ("arabic", "[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
        ("kana", "[\u3041-\u30ff\uff66-\uff9f]"),
        ("han", "[\u3400-\u4dbf\u4e00-\u9fff]"),
        ("ko", "[\uac00-\ud7a3\u1100-\u11ff]"),
        ("th", "[\u0e01-\u0e5b]"),
        ("hi", "[\u0900-\u097f]"),
        ("el", "[\u0370-\u03ff\u1f00-\u1fff]"),
        ("he", "[\u05d0-\u05ea]"),
        (UNKNOWN, "[\u0530-\u058f\u0980-\u0dff\u0e80-\u0fff\u1000-\u137f\u1780-\u17ff]"),
    )
)
WEIGHT = {"han": 3.0, "kana": 3.0, "ko": 2.0}  # of a sign, which says as much as so many letters
KANA_IN_JAPANESE = 0.05  # of its signs, at least
PERSIAN_LETTERS = re.compile("[پچژگکی]")
ARABIC_LETTERS = re.compile("[ةىيكإأ]")
URDU_LETTERS = re.compile("[ٹڈڑےںھ]")
UKRAINIAN_LETTERS, RUSSIAN_LETTERS = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)
MARKED = {  # letters that few of the other languages in Latin letters have
    "de": "äöüß",
    "fr": "éèêàçœù",
    "es": "ñ¿¡óíáúé",
    "it": "èàòùì",
    "pt": "ãõçêáâé",
    "pl": "ąęłńśźżćó",
    "ro": "ăâîșțşţ",
    "sv": "åäö",
    "da": "æøå",
    "no": "æøå",
    "fi": "äö",
    "hu": "őűáéöüí",
    "cs": "řůěščžýáíé",
    "tr": "ığşçöü",
    "vi": "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}
PER_LETTER = {"vi": 1.0}
LETTER_COUNTS = 0.25  # of a small word
SMALL_WORDS: dict[str, str] = {  # of English its stop words
    "de": "der die das und ist ein eine einen einem einer des dem den von mit für auf nicht sich auch im zu als werden "
    "wird wurde wurden sind war bei nach aus durch oder zum zur über wie wer was wann warum wo welche welcher welches wer "
    "hat haben kann man es er sie ich vom am bis um dass wenn nur noch mein meine hatte viele gibt wieviel wem wen",
    "fr": "le la les des et est un une du en que qui dans pour par sur pas au aux avec ce cette sont il elle ils plus "
    "été être ont ou où se ne son sa ses leur leurs quel quelle quels quelles comment quand pourquoi combien qu d' l' c' "
    "n' s' j' à nous vous je y fait était peut a quoi",
    "es": "el la los las de que y en un una es por con para del se no al lo como más su sus fue son está qué quién cuál "
    "cómo cuándo dónde cuántos cuántas cuánto cuáles o pero este esta entre desde ha también era fueron hay ser muy sin "
    "sobre quiénes después según le les",
    "it": "il lo la gli le di che e è un una in per con del della dei delle dello degli nel nella non si da al alla come "
    "sono più quale quali chi quando dove perché quanti quante cosa anche ha era questo questa dal dalla sul sulla ed "
    "loro stato i l' dell' nell' all' un' c' quanto essere può",
    "pt": "o a os as de que e em um uma do da dos das no na nos nas para por com não se é ao à como mais foi são qual "
    "quais quem quando onde quantos quantas sobre pelo pela sua seu ou ser está também ele ela pode deve quanto aos às "
    "até pelos pelas são tem foram entre",
    "nl": "de het een en van is dat die in te op met voor niet zijn aan er ook als door worden wordt werd bij naar uit "
    "over wie wat wanneer waar waarom hoe welke hoeveel kan maar om tot dan heeft hebben deze dit zich nog ze hij u je "
    "was waren of wel geen mijn moet mag",
    "ro": "și în de la cu pe este un o din care că pentru nu sunt a al ale lui să se au fost mai ce cine când unde cum "
    "cât câte câți ca sau prin după între acest această era cel cea lor sa si care ului pot avea despre către fi dacă",
    "sv": "och att det i som en på är av för med till den har de inte om ett var från vad vem när hur varför vilken "
    "vilket vilka många kan men eller där blev under mot ska sin sitt sina efter vid finns jag man också så får du",
    "da": "og at det i som en på er af for med til den har de ikke om et var fra hvad hvem hvornår hvor hvordan hvorfor "
    "hvilken hvilket hvilke mange kan men eller der blev under mod skal sin efter ved jeg man også så får være blive du "
    "nogle ud op kun",
    "no": "og at det i som en på er av for med til den har de ikke om et var fra hva hvem når hvor hvordan hvorfor hvilken "
    "hvilket hvilke mange kan men eller der ble under mot skal sin etter ved jeg man også så får være bli du noen ut opp "
    "bare seg ikkje eit",
    "fi": "ja on ei että se oli hän mutta kun joka niin tai myös ovat sekä kuin mitä mikä kuka missä milloin miksi miten "
    "kuinka monta voi ole olla jos vain sen ne tämä hänen sitä mukaan jälkeen ovatko onko mistä jotka jossa vuonna",
    "hu": "a az és hogy nem egy is van volt meg ez de ki mi mikor hol miért hogyan mennyi hány melyik el csak mint vagy "
    "már azt még kell lehet ezt ha be akkor amely aki ami által után között majd minden nagyon lesz milyen",
    "pl": "i w na z do nie się jest to że o jak po od za co kto gdzie kiedy dlaczego ile który która które są był była "
    "było oraz dla przez ale czy może przy lub tym jego jej ich być tego został została jaki jaka jakie ze pod można",
    "cs": "a v na se je to z že o s do pro za jako po od ale by k i ve jsou byl byla bylo který která které kdo co kdy "
    "kde proč jak kolik však nebo podle při jeho její jen také už může být si tak jaký jaká jaké která ze či než",
    "tr": "ve bir bu da de için ile olarak ne kim nerede zaman neden nasıl kaç hangi olan daha en çok gibi kadar sonra "
    "ise değil var mi mı mu mü ancak veya tarafından olduğu olduğunu her o göre ki şey kimdir nedir nelerdir yıl idi",
    "vi": "của và là có trong được cho một các những không với đã người để từ này khi đến về ở ra như ai gì nào bao nhiêu "
    "đâu vì sao tại năm bởi vào theo trên cũng đó thì nhiều hơn",
    "ru": "и в не на что с по как это к он она они из для от о у за же но а был была было были кто где когда почему "
    "сколько какой какая какие каком чем или также его их при до так все бы то мы я вы который которые",
    "uk": "і в не на що з по як це до він вона вони із для від про у за та але є був була було були хто де коли чому "
    "скільки який яка які або також його їх при так ми я ви й якій під чи між яке цього",
    "bg": "и в не на че с по как това към той тя те из за от са е си се като или беше бяха кой къде кога защо колко който "
    "която които при до така ние аз вие ще да най във със след",
}
_OF_WORD: dict[str, tuple[str, ...]] = {}


def language_of(text: str, expected: str = MAIN) -> str:
    """The code of the language that a text is in, `expected` where it does not tell."""
    text = text[:READ]
    if expected == MAIN and _is_plainly_english(text):
        return MAIN
    script = _script(text)
    if script in ("", "latin", "cyrillic"):
        return _by_words(text, script, expected, FEWEST) if script else expected
    return _of_script(script, text)


def language_of_question(text: str, spoken: Collection[str], hint: str = "") -> str:
    """The code of the language that a question is in.

    It is one of those that the library is `spoken` in unless the words clearly tell another; where they tell nothing,
    `hint`, if that is among them, or the first of them. Of two languages that the words may be of, one that is spoken
    is the likelier.
    """
    expected = hint if hint in spoken else next(iter(spoken), MAIN)
    script = _script(text)
    if script in ("", "latin", "cyrillic"):
        return _by_words(text, script, expected, FEWEST_OF_QUESTION, spoken) if script else expected
    found = _of_script(script, text)
    return "ja" if found == "zh" and "ja" in spoken and "zh" not in spoken else found


def sections_in(text: str, blocks: Collection[Block], stated: str = "") -> tuple[tuple[int, str], ...]:
    """From which block on an article is in which language; () for one that is in English throughout.

    `stated` is what the article says of itself. A section that is long enough is looked at by itself.
    """
    own = code_of(stated) or language_of(text)
    found = [(0, own)]
    for first, start, end in _sections(blocks):
        if end - start >= SHORTEST_SECTION:
            code = language_of(text[start:end], own)
            if code != found[-1][1]:
                found.append((first, code))
        elif found[-1][1] != own:
            found.append((first, own))
    if found[1:] and found[1][0] == 0:
        found = found[1:]
    return () if found == [(0, MAIN)] else tuple(found)


def _sections(blocks: Collection[Block]) -> list[tuple[int, int, int]]:
    """The first block of each section, and where it starts and ends in the text."""
    found: list[tuple[int, int, int]] = []
    opening = False
    for number, block in enumerate(blocks):
        heading = block.level > 0 and block.kind == "heading"
        if not found or (heading and not opening):
            found.append((number, block.span.start, block.span.end))
        else:
            first, start, _ = found[-1]
            found[-1] = first, start, block.span.end
        opening = heading
    return found


def _is_plainly_english(text: str) -> bool:
    return sum(map(text.count, ENGLISH_WORDS)) * PER_ENGLISH_WORD >= len(text)


def _script(text: str) -> str:
    """The script that most of a text is in; "" where it has no letter."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else ""
    counts = {name: len(pattern.findall(text)) * WEIGHT.get(name, 1.0) for name, pattern in SCRIPTS}
    counts["han"] += counts["kana"]
    best = max(counts, key=counts.__getitem__)
    if best == "han" and counts["kana"] >= KANA_IN_JAPANESE * counts["han"]:
        return "kana"
    return best if counts[best] else ""


def _of_script(script: str, text: str) -> str:
    if script == "arabic":
        persian, arabic = (len(pattern.findall(text)) for pattern in (PERSIAN_LETTERS, ARABIC_LETTERS))
        if persian <= arabic:
            return "ar"
        return "ur" if len(URDU_LETTERS.findall(text)) * 20 > persian else "fa"
    return {"kana": "ja", "han": "zh"}.get(script, script)


def _by_words(text: str, script: str, expected: str, fewest: int, spoken: Collection[str] = ()) -> str:
    """The language with most small words in a text of Latin or Cyrillic letters."""
    if not _OF_WORD:
        _OF_WORD.update(_languages_of_words())
    low = text.lower()
    points: Counter[str] = Counter()
    words = WORD.findall(low.replace("’", "'"))
    others = [code for code in spoken if code in SMALL_WORDS] if len(spoken) > 1 else ()
    for word in words:
        for code in _OF_WORD.get(word, ()):
            points[code] += 1
        for code in others:
            points[code] += word in pack_of(code).stop_words and code not in _OF_WORD.get(word, ())
    if script == "latin":
        for code, letters in MARKED.items():
            count = sum(low.count(letter) for letter in letters) if not low.isascii() else 0
            points[code] += count * PER_LETTER.get(code, LETTER_COUNTS)
    else:
        points["uk"] += len(UKRAINIAN_LETTERS.findall(low)) * LETTER_COUNTS
        points["ru"] += len(RUSSIAN_LETTERS.findall(low)) * LETTER_COUNTS
        expected = expected if expected in ("ru", "uk", "bg") else "ru"
    enough = max(fewest, len(words) * SHARE)
    codes = {code: count for code, count in points.items() if (code in ("ru", "uk", "bg")) == (script == "cyrillic")}
    if not codes:
        return expected
    best = max(codes, key=lambda code: (codes[code], code == expected, code in spoken))
    ahead = 1.0 if best in spoken else FAR_AHEAD if spoken else AHEAD
    if not spoken and len({word for word in words if len(word) > 1 and best in _OF_WORD.get(word, ())}) < fewest:
        return expected  # letters alone, as units and variables are, tell nothing
    if best == expected or (codes[best] >= enough and codes[best] > ahead * codes.get(expected, 0)):
        return best
    return expected


def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The languages that have each small word."""
    found: dict[str, list[str]] = {}
    small_words = {code: words.split() for code, words in SMALL_WORDS.items()}
    small_words[MAIN] = [word for word in STOP_WORDS if len(word) > 1 or word in ("a", "i")]
    for code, words in small_words.items():
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
