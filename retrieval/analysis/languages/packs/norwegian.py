"""Norwegian, Bokmål and what Nynorsk shares with it."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|december"

PACK = LanguagePack(
    code="no",
    name="Norwegian",
    stemmer="norwegian",
    stop_words=listed(
        """
        ad av aldrig alle allerede alt altid annen annet andre at bare begge blandt ble blitt blir bli både da de dem den
        denne der deres derfor derfra deri dermed dertil des det dette deg din dine dit dog du etter eftersom ej eller ellers en end
        endnu er et fem fikk fire flere for fordi forrige fra frå få får før først gennem gik gjorde gjort gør gøre gå går ham han hans
        har havde have hej hen hende hendes her hos hun ho hva hvem kven hvis hvor der hvordan hvorfor hvilke hvilken hvilket når hver
        hvert i igen ikke ikkje imod ind inden ingen intet ja jeg eg jer jeres jo kan kom kommer kun bare kunne lad lav lidt lige ligesom man mand
        mange med meget mellom men mens mere mest meg min mindre mine mit mod må måtte nede ned nej noen noe noen nok nå ny nyt
        nær næste næsten når og også om omkring opp os over overalt på samme samt se selv sjøl sidste siden seg sin sine sit skal skulle
        som stadig således så sådan sådanne tag temmelig thi til to tre ut under undtagen uten var ved vel vi via vil ville vor vores
        være vært hed heter het kalles kalt kalte seg fortæl beskriv forklar skjedde skjer slags
        """
    ),
    abbreviations=listed(
        """
        adr afd afs al alm ang apr art aug bd bl.a bygn ca cand cirka d.v.s dec dir div dr ds e.kr e.l e.lign eks ekskl el eng etc..
        evt f f.eks f.kr f.m f.o.m feb fhv fig fl fork forsk fr frk følg g gl gr h hf hhv hr i.e inkl ing int iht jan jf jfr jr jul
        jun kap kbh kgl kl kr kt lb lign lok m.a.o m.fl.. m.h.t m.m.. m.v.. maj mag maks mdr medl mht mia min mio mv.. n.br nb nn nov
        nr nuv o.a o.l obs oct od okt opr osv.. p.g.a p.t pag pct pga pkt pl prof ps pt red ref resp s s.k s.u sa sek sep sept sg sign
        skt sml sp spm spr st stk str t.h t.o.m t.v tab tdl tidl tilh tlf tr tv udg udv ugtl ult v v.s vedr vha vol vs årg årh
        """
    ),
    before_number="s|side|nr|kap|art|fig|tab|bd|tlf|kl|ca|§|stk|pkt|jf|par|afd",
    after_ordinal=rf"(?:{MONTHS}|århundre\w*|jan|feb|mar|apr|jun|jul|aug|sep|okt|nov|dec|[a-zæøå]+)",
    asking=(
        (
            AnswerType.NUMBER,
            r"hvor (?:mange|meget|lang[te]?|længe|gammel|gamle|stor[te]?|høj[te]?|dyb[te]?|tung[te]?|ofte|bred[te]?)|hvilken (?:andel|mængde|alder|længde|højde)|hvilket antal|hvor stor en del",
        ),
        (AnswerType.TIME, r"når|(?:i |på )?hvilke[nt]? (?:år|dag|dato|måned|århundre|årti|periode|tid|tidspunkt)"),
        (
            AnswerType.PLACE,
            r"hvor(?:hen|fra)?(?! (?:mange|meget|lang|længe|gammel|stor|høj|ofte))|(?:i |fra )?hvilke[nt]? (?:by|land|stat|sted|region|område|provins|kontinent|flod|ø|del|kommune)",
        ),
        (
            AnswerType.PERSON,
            r"hvem|hvis|hvilke[nt]? (?:person|præsident|konge|dronning|forfatter|skuespiller|forsker|leder|spiller|mand|kvinde)",
        ),
        (AnswerType.REASON, r"hvorfor|af hvilken grund|hva (?:er|var) (?:årsagen|grunden)|hva forårsagede"),
    ),
    whether="er|var|har|havde|kan|må|skal|findes|bliver|ble",
    counted="hvor mange",
    numerals="en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|tredive|hundre|tusen|million(?:er)?|milliard(?:er)?|dusin|halvdelen|tredjedel|fjerdedel|procent",
    times=rf"{MONTHS}|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|\w*tallet|århundre\w*|i går|i dag|i morgen|f\.kr|e\.kr|år(?:et|ene)?",
    places="i|på|fra|til|nær|ved|mellem|gennem|af",
    reasons="fordi|da|derfor|på grund|takket være|således|årsag\\w*|grund(?:en|e)?|førte|skyldes|følge|for at",
    small_talk={
        SmallTalk.GREETING: "hej(?: hej)?|hallo|goddag|god(?:morgen|aften)|god morgen|god aften|hvordan går det",
        SmallTalk.THANKS: "(?:tusen |mange )?takk(?: skal du ha)?|super|perfekt",
        SmallTalk.FAREWELL: "ha det|hej hej|vi ses|god natt",
        SmallTalk.ABOUT: "hjelp|test|hvem er du|hva (?:er|kan|gør) du|hvordan virker (?:det|du)|er du en (?:bot|robot)",
    },
)
