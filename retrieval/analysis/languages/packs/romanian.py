"""Romanian."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed, lower
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie"
CEDILLAS = str.maketrans("şţ", "șț")


def comma_below(surface: str) -> str:
    """A word in small letters, with the commas that many keyboards and old texts write as cedillas."""
    return lower(surface).translate(CEDILLAS)


PACK = LanguagePack(
    code="ro",
    name="Romanian",
    bias=0.0,
    stemmer="romanian",
    lower=comma_below,
    stop_words=listed(
        """
        a abia acea aceasta această aceea aceeași acei aceia acel acela același acele acelea acest acesta aceste acestea
        acestei acestor acestora acestui acești aceștia acolo acum adică ai aia al ale alt alta altă altceva altcineva alte
        altele altfel alții altul am ar are aș așa asta astăzi astfel asupra atare atât atâta atâția atunci au avea avem
        aveți avut azi bine ca că când care cărei căror cărora cărui căruia cât câtă câte câți către ce cea ceea cei cel
        cele celor celui ceva chiar ci cine cineva cu cui cum cumva da dacă dar dat datorită de deasupra deci decât deja
        deși despre din dintr dintre doar două după e ea ei el ele era erau este ești eu face fac făcut fără fel fi fie
        fiecare fiind foarte fost fusese i îi îl îmi împotriva în înainte încât încă între întru îți iar iau la le li lor
        lui m mai mă mult multă multe mulți ne nevoie ni nici niciodată nimeni nimic niște noi noștri nostru nou nu numai o
        ori oricare orice oricine pe pentru peste poate pot prea prin printr printre putea sa să săi sale sau său se si și
        sine spre sub sunt suntem t te ți tot toată toate toți totuși trei tu tău un una unde undeva unei unele uneori
        unii unor unora unu unui unul va vă vi voastră vom voi vor vreo vreun s spune explică descrie numește numit numită
        numesc întâmplat întâmplă tip
        """
    ),
    abbreviations=listed(
        """
        acad alin art aprox av bd bl bul cap cca cf col conf dep dl dna dra dr dvs ed etc ex fam fig gen gh ing int jud lt
        lit max min mr mld mil nr nov op p pag par pct prof prep p.s reg resp s.a s.r.l s str sec sf șos ș.a ș.a.m.d tel
        trad univ vol vs î.hr d.hr î.e.n e.n a.m p.m de.ex
        """
    ),
    before_number="nr|pag|p|pp|art|alin|lit|fig|cap|vol|tel|sec|pct|bl|sc|et|ap|str",
    asking=(
        (
            AnswerType.NUMBER,
            r"c[aâ][tț](?:i|e|ă|ţi)?|c[aâ]t de (?:mult|mare|lung|înalt|vechi|departe)|ce (?:număr|procent|proporție|cantitate|"
            r"populație|vârstă|mărime|înălțime|lungime|preț|fracțiune|distanță)|care (?:este|era|a fost) (?:numărul|procentul|"
            r"populația|vârsta|înălțimea|lungimea|prețul|suprafața)",
        ),
        (AnswerType.TIME, r"c[aâ]nd|(?:în |din )?ce (?:an|dată|zi|lună|secol|deceniu|perioadă|oră|moment)"),
        (
            AnswerType.PLACE,
            r"unde|(?:în |din )?ce (?:oraș|țară|stat|loc|regiune|provincie|continent|râu|insulă|zonă|parte)",
        ),
        (
            AnswerType.PERSON,
            r"cine|cui|al cui|ce (?:persoană|președinte|rege|regină|autor|actor|actriță|om de știință|lider|jucător|bărbat|femeie|"
            r"compozitor|director)|care (?:persoană|președinte|rege|lider|jucător|om)",
        ),
        (
            AnswerType.REASON,
            r"de ce|din ce (?:cauză|motiv)|ce a (?:cauzat|provocat)|care (?:este|a fost) (?:cauza|motivul)",
        ),
    ),
    whether="este|e|sunt|era|erau|a fost|are|au|poate|pot|trebuie|există|se poate",
    counted="c[aâ][tț](?:i|e)",
    numerals=(
        "treizeci|patruzeci|cincizeci|șaizeci|șaptezeci|optzeci|nouăzeci|\\w+sprezece|unu|una|doi|două|trei|patru|cinci|șase|șapte|opt|nouă|zece|unsprezece|doisprezece|douăzeci|sută|sute|mie|mii|milion|milioane|"
        "miliard|miliarde|jumătate|treime|sfert|la sută"
    ),
    times=rf"{MONTHS}|luni|marți|miercuri|joi|vineri|sâmbătă|duminică|secol(?:ul|ului|e)?|ieri|azi|astăzi|mâine|î\. ?hr|d\. ?hr|an(?:ul|ii|i)?|deceniu",
    places="în|din|la|lângă|spre|până la|între|de la|prin",
    reasons="pentru că|deoarece|fiindcă|datorită|întrucât|din cauza|astfel|prin urmare|cauz[aăe]|motiv(?:ul|e)?|ca să|a dus la",
    small_talk={
        SmallTalk.GREETING: "bună|salut|bună (?:ziua|dimineața|seara)|ce mai faci|servus",
        SmallTalk.THANKS: "mulțumesc(?: mult| frumos)?|mersi|perfect|super",
        SmallTalk.FAREWELL: "la revedere|pa|pe curând|noapte bună",
        SmallTalk.ABOUT: "ajutor|test|cine ești|ce ești|ce poți face|cum funcționează|ești un (?:bot|robot)",
    },
)
