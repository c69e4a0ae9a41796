"""Dutch."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"

PACK = LanguagePack(
    code="nl",
    name="Dutch",
    stemmer="dutch_porter",
    dictionary="nl",
    prefix=re.compile(r"^[ds']'(?=\w{3})"),
    stop_words=listed(
        """
        aan aangaande achter af afgelopen al aldus alhoewel alle alleen alles als alsof altijd ander andere anders ben beide bij
        binnen boven buiten behalve bent betreffende bijna bepaald bovendien daar daardoor daarin daarna daarom daarop daarvan
        daarvoor dan dat de deden deed degene deze die dit doch doe doen doet door dus echter een één eens eerder eerst elk elke
        en enig enige enkele er erg ergens etc even evenals ge geen gedurende gegeven gehad geleden geweest geworden haar had
        hadden heb hebben heeft hem hen het hier hierin hij hoe hoewel hun ieder iedere iedereen iemand iets ik in inmiddels is
        ja je jij jou jouw juist jullie kan kon konden kunnen kunt laat langs later liever maar maken maakt maakte me mee meer
        meest men met mij mijn min minder misschien mocht moest moet moeten mogen mag na naar naast nadat nee niet niets niemand
        nog nogal noch nooit nu of om omdat onder ondanks ongeveer ons onze ook op over per pas precies reeds rond sinds sommige
        soms steeds sindsdien te tegen ten tenzij ter terwijl terug tijdens tot totdat tussen twee uit u uw van vanaf vanwege vaak
        veel vele verder via vier vervolgens volgens voor vooral voorbij vrij waar waarbij waardoor waarin waarna waarom waarop
        waarvan waarvoor wanneer want waren was wat we weer weg weinig wel welk welke werd werden wie wiens wij wil willen wilde
        worden wordt zal ze zei zeer zelf zelfs zich zichzelf zij zijn zo zoals zodat zonder zou zouden zullen zulke drie hoeveel
        heet heette heten genoemd noem noemde noemt zeg vertel beschrijf leg gebeurde gebeurt soort 't 's
        """
    ),
    abbreviations=listed(
        """
        a.d.h.v a.g.v a.h.w afb afd afz al alg apr art aug av b.g.g bijv bijz blz br b.v bv ca c.q d.d d.m.v d.w.z dec dhr dir
        dr drs ds e.a e.d e.e.a e.v em en.. enz etc ev evt excl feb fig fr gebr geb gem get h.t i.a i.c i.e i.h.a i.h.b i.p.v
        i.r.t i.s.m i.t.t i.v.m incl ing inz ir jan jhr jl jr jul jun kath kol l.l lic ltd m.a.w m.b.t m.b.v m.i m.i.v m.n mej
        mevr mgr mln mnd mr mrd mw n.a.v n.v nl no nov nr nrs o.a o.b.v o.g o.i o.l.v o.m o.v.v okt ong opm p p.a p.m pag par
        pct plm plv prof prov r.k red ref resp s.v.p sec secr sept sr st t.a.v t.b.v t.e.m t.g.v t.h.t t.n.v t.o.v t.w.v t.z.t
        tel temp tj u.. v v.a v.chr n.chr v.h verg vgl vnl vol vs v.w.b w.o wed z.g z.o.z zgn zn zg z.s.m
        """
    ),
    before_number="art|nr|nrs|no|blz|p|pag|fig|afb|hfst|par|tel|vol|dl|ca|§|tab|lid|sub",
    asking=(
        (
            AnswerType.NUMBER,
            r"hoeveel|hoe (?:lang|oud|ver|groot|hoog|diep|zwaar|breed|vaak|duur|snel)|welk(?:e)? (?:aantal|percentage|deel|aandeel|bedrag|leeftijd|prijs|"
            r"bevolking|lengte|hoogte|oppervlakte)|wat is (?:het|de) (?:aantal|percentage|bevolking|leeftijd|prijs|hoogte|lengte|oppervlakte)",
        ),
        (
            AnswerType.TIME,
            r"wanneer|(?:in |op )?welk(?:e)? (?:jaar|dag|datum|maand|eeuw|decennium|periode|tijd|moment)|hoe laat",
        ),
        (
            AnswerType.PLACE,
            r"waar(?:heen|vandaan)?|(?:in |uit )?welk(?:e)? (?:stad|land|staat|plaats|plek|regio|gebied|provincie|continent|rivier|eiland|deel|straat|gemeente)",
        ),
        (
            AnswerType.PERSON,
            r"wie|wiens|welk(?:e)? (?:persoon|president|koning|koningin|auteur|schrijver|acteur|actrice|wetenschapper|leider|speler|man|vrouw|componist|regisseur|keizer)",
        ),
        (AnswerType.REASON, r"waarom|om welke reden|wat (?:is|was) de (?:oorzaak|reden)|wat veroorzaakte|hoezo"),
    ),
    whether="is|zijn|was|waren|heeft|hebben|kan|kun|kunnen|mag|mogen|moet|wordt|bestaat|ben",
    counted="hoeveel",
    numerals="\\w+tien|\\w+tig|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|honderd|duizend|miljoen|miljard|dozijn|helft|derde|kwart|procent",
    times=rf"{MONTHS}|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|eeuw(?:en)?|gisteren|vandaag|morgen|v\. ?chr|n\. ?chr|jaar|jaren",
    places="in|te|uit|bij|naar|nabij|van|tussen|door|op|aan|rond",
    reasons="omdat|want|doordat|daarom|vanwege|wegens|dankzij|dus|zodat|opdat|oorzaak|oorzaken|reden(?:en)?|veroorzaakt\\w*|leidde|gevolg",
    small_talk={
        SmallTalk.GREETING: "hallo|hoi|hey|dag|goede(?:morgen|middag|navond)|goedemorgen|goedemiddag|goedenavond|hoe gaat het",
        SmallTalk.THANKS: "bedankt|dank (?:je|u)(?: wel)?|dankjewel|top|super|prima",
        SmallTalk.FAREWELL: "doei|tot ziens|tot (?:straks|later|morgen)|welterusten",
        SmallTalk.ABOUT: "help|hulp|test|wie ben (?:je|jij)|wat (?:ben|kan|kun|doe) (?:je|jij)|hoe werkt (?:dit|het)|ben je een (?:bot|robot|mens)",
    },
)
