"""Swedish."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"

PACK = LanguagePack(
    code="sv",
    name="Swedish",
    stemmer="swedish",
    stop_words=listed(
        """
        alla allt alltid andra att av blev bli blir blivit både båda bara borde bort bra då dag dagar de deras dem den denna deras
        dess dessa det detta dig din dina ditt du där därför därmed efter efterson eftersom ej eller en enligt er era ett för före
        förut från få får fick fram genom ger gjorde gjort gör göra gå går gärna ha hade han hans har hela henne hennes hit honom hon
        hur här i icke in inför inga ingen inget innan inne inom inte ja jag ju kan kanske knappt kom kommer kunde kunna lite man
        med mellan men mer mest mig min mina minst mitt mot mycket många måste nej ner ni nog nu något någon några när nästan och
        också om oss på redan rätt samma samt sedan sen sig sin sina sitt själv skall ska skulle som så sådan sådana till tills
        trots två under upp ut utan vad var vara varför varit varje vem vems vi via vid vilka vilken vilket vill ville vår våra vårt
        väl är än ännu åt över hette heter kallas kallades kallad säg berätta beskriv förklara hände händer tre fyra slags
        """
    ),
    abbreviations=listed(
        """
        adj adr adv a.a anm apr art aug avd bet bl.a bla c:a ca ca co d.v.s dvs dec dir doc dr e.d e.dyl e.kr ekon ev ex exkl
        f.d f.kr f.n f.ö feb fig fil följ fr.o.m från g.m gm h.k.h hr inkl inkl ing jan jfr jur kap kl kr kungl l m.a.o m.fl.. m.m..
        max med milj min mkt motsv mr mrd n.b nov nr näml o.d o.dyl o.s.v okt osv.. p.g.a pga prof proc red ref resp s.a.s s.k sid
        sk sek sep sept st str t.ex t.o.m t.v tab tel tex tfn tim tr u.a uppl v vol vs årg övers
        """
    ),
    before_number="s|sid|nr|kap|art|fig|tab|vol|tel|kl|ca|c:a|§|par|avd|bil|st",
    asking=(
        (
            AnswerType.NUMBER,
            r"hur (?:många|mycket|lång[ta]?|länge|gammal|gammalt|gamla|stor[ta]?|hög[ta]?|djup[ta]?|tung[ta]?|ofta|bred[ta]?|snabbt)|vilken (?:andel|mängd|ålder|längd|höjd|befolkning|summa)|hur stor del|vilket (?:antal|pris|belopp)",
        ),
        (
            AnswerType.TIME,
            r"när|(?:vilket|vilken|vilka) (?:år|dag|datum|månad|århundrade|årtionde|period|tid|tidpunkt)|hur dags",
        ),
        (
            AnswerType.PLACE,
            r"var|vart|varifrån|(?:i |från )?(?:vilken|vilket|vilka) (?:stad|land|stat|plats|ort|region|område|provins|kontinent|flod|ö|del|kommun|län|gata)",
        ),
        (
            AnswerType.PERSON,
            r"vem|vems|vilka personer|vilken (?:person|president|kung|drottning|författare|skådespelare|forskare|ledare|spelare|man|kvinna)",
        ),
        (
            AnswerType.REASON,
            r"varför|av vilken anledning|vad (?:är|var) (?:orsaken|anledningen)|vad orsakade|hur kommer det sig",
        ),
    ),
    whether="är|var|har|hade|kan|får|måste|finns|ska|blir|blev",
    counted="hur många",
    numerals="en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|trettio|hundra|tusen|miljon(?:er)?|miljard(?:er)?|dussin|hälften|tredjedel|fjärdedel|procent",
    times=rf"{MONTHS}|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|\w*talet|århundrade\w*|igår|idag|imorgon|f\.kr|e\.kr|år(?:et|en)?",
    places="i|på|från|till|nära|vid|mellan|genom|av",
    reasons="eftersom|därför|för att|på grund|tack vare|så att|orsak\\w*|anledning\\w*|ledde|beror|berodde|följd",
    small_talk={
        SmallTalk.GREETING: "hej(?: hej)?|hallå|tjena|god (?:morgon|kväll|dag)|hur mår du|läget",
        SmallTalk.THANKS: "tack(?: så mycket)?|toppen|perfekt|bra jobbat",
        SmallTalk.FAREWELL: "hejdå|hej då|vi ses|god natt|adjö",
        SmallTalk.ABOUT: "hjälp|test|vem är du|vad (?:är|kan|gör) du|hur fungerar (?:det|du)|är du en (?:bot|robot)",
    },
)
