"""Hungarian."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "január\\w*|február\\w*|március\\w*|április\\w*|május\\w*|június\\w*|július\\w*|augusztus\\w*|szeptember\\w*|október\\w*|november\\w*|december\\w*"

PACK = LanguagePack(
    code="hu",
    name="Hungarian",
    stemmer="hungarian",
    ending=re.compile(
        r"(?<=\w\w)-(?:ban|ben|ból|ből|ba|be|nak|nek|val|vel|ról|ről|ra|re|hoz|hez|höz|tól|től|nál|nél|on|en|ön|ot|et|öt|at|t|ig|ért|ként|as|es|os|ös|i|ak|ek|ok|ök)$"
    ),
    stop_words=listed(
        """
        a abba abban abból addig ahhoz ahogy ahol aki akik akkor akár alá alatt alap amely amelyek amelyekben amelyeket amelyet
        amelyik amelynek ami amikor amit amíg annak arra arról át az azok azon azonban azt aztán azután azzal azért be belül benne
        bár bizonyos csak csupán de e ebben eddig egész egy egyéb egyes egyetlen egyik egymás egyre el elé előtt elő először előző
        elég ellen emiatt én ennek erre erről és ez ezek ezen ezért ezt ezzel fel felé ha hanem hány hányan hányadik hiszen hogy
        hogyan hol honnan hová ide igen így ill illetve ilyen ilyenkor is ismét itt jó jól jobban kell kellett kép ki kicsoda kié
        kik kinek kit kívül közben között közé körül közül következtében le legalább legyen lehet lehetett lenne lenni lesz lett
        maga magát majd már más másik mások meg még mégis mellett mely melyek melyik melyiket mennyi mennyire mert mi miatt mialatt
        mikor milyen minden mindenki mindent mindig mint mintha mit mivel miért mely most nagy nagyobb nagyon ne nekem neki nem néha
        nélkül nincs nincsenek ő ők őket olyan ott ön össze pedig persze rá s saját sem semmi sok sokat sokkal számára szemben
        szerint szinte szintén talán tehát teljes több tovább továbbá többek ugyan ugyanis ugyanakkor után utána utolsó úgy új vagy
        vagyis valaki valami valamint való van vannak vele vissza viszont volna volt voltak két kettő három nevű nevezik nevezték
        hívják hívták mondd írd magyarázd történt történik fajta lévő alapján
        """
    ),
    abbreviations=listed(
        """
        alez apr aug bek ca cs csüt dec dk dr du e em fej feb febr fh fszt gk gy h hrsz i.e i.sz id ifj ill ind isk izr jan jún
        júl kb ker kft kh kir kk kf kir krt kt l lásd m m.a.s márc máj max min mil mrd n ny nr nov okt old op özv p pén pf pl pp
        prof ptk r red rkp röv sz szept szerk szo sztl tc tel ti tk tkp u ua ui ún ü v vas vasárn vb ve vö vsz z zrt nyrt i.u kr
        """
    ),
    before_number="sz|o|old|p|lásd|kb|tel|fej|art|ábra|táb|köt|max|min|kr|u|em|pl",
    after_ordinal=rf"(?:{MONTHS}|század\w*|[a-záéíóöőúüű]+|§)",
    asking=(
        (
            AnswerType.NUMBER,
            r"hány(?:an|szor|féle|at|ból|ban|adik)?|mennyi\w*|milyen (?:hosszú|magas|nagy|mély|messze|régi|idős|nehéz|széles|gyakran|arány\w*|mértékben)|mekkora\w*|hány (?:éves|százalék)\w*",
        ),
        (
            AnswerType.TIME,
            r"mikor|(?:melyik|milyen|hány(?:adik)?) (?:év\w*|nap\w*|dátum\w*|hónap\w*|század\w*|évtized\w*|korszak\w*|időszak\w*|órakor|időpont\w*)|mióta|meddig",
        ),
        (
            AnswerType.PLACE,
            r"hol|honnan|hová|hova|merre|(?:melyik|milyen) (?:város\w*|ország\w*|állam\w*|hely\w*|régió\w*|tartomány\w*|földrész\w*|kontinens\w*|folyó\w*|sziget\w*|megye\w*|megyé\w*|terület\w*)",
        ),
        (
            AnswerType.PERSON,
            r"ki|kik|kit|kinek|kié|kitől|kivel|(?:melyik|milyen) (?:személy\w*|elnök\w*|király\w*|író\w*|színész\w*|tudós\w*|vezető\w*|játékos\w*)",
        ),
        (AnswerType.REASON, r"miért|mi okból|mi(?:lyen)? (?:okoz\w*|vezetett)|mi (?:az|volt az) oka"),
    ),
    whether=r"\w+-e\b",
    counted="hány",
    numerals="egy|kettő|két|három|négy|öt|hat|hét|nyolc|kilenc|tíz|tizen\\w+|húsz|harminc|száz\\w*|ezer\\w*|millió\\w*|milliárd\\w*|tucat|fele|harmad\\w*|negyed\\w*|százalék\\w*",
    times=rf"{MONTHS}|hétfő\w*|kedd\w*|szerda|szerdán|csütörtök\w*|péntek\w*|szombat\w*|vasárnap\w*|század\w*|tegnap|ma|holnap|i\. ?e|év\w*",
    places="(?!)",
    reasons="mert|mivel|ezért|miatt|köszönhetően|hogy|ok[aou]\\w*|következtében|eredményeként|okoz\\w+|vezetett|ugyanis|hiszen",
    small_talk={
        SmallTalk.GREETING: "szia|sziasztok|helló|hello|üdv|jó (?:reggelt|napot|estét)|hogy vagy",
        SmallTalk.THANKS: "köszi|köszönöm(?: szépen)?|szuper|remek",
        SmallTalk.FAREWELL: "viszlát|viszontlátásra|jó éjszakát|szia",
        SmallTalk.ABOUT: "segítség|segíts|teszt|ki vagy|mit tudsz|hogyan működik|bot vagy",
    },
)
