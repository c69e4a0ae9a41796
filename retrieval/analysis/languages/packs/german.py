"""German."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"

PACK = LanguagePack(
    code="de",
    name="German",
    stemmer="german",
    dictionary="de",
    stop_words=listed(
        """
        aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei
        beim bin bis bist da dabei dadurch dafür dagegen daher dahin damals damit danach daneben dann daran darauf daraus
        darf darfst darin darüber darum darunter das dass dasselbe davon davor dazu dein deine deinem deinen deiner dem
        den denen denn dennoch der deren derer derselbe des deshalb dessen deswegen dich die dies diese diesem diesen
        dieser dieses dir doch dort drei du durch dürfen durfte ein eine einem einen einer eines einig einige einigen
        einmal er es etwa etwas euch euer eure für fünf ganz gar gegen gegenüber genug gesagt gewesen gib gibt gab hab
        habe haben habt hat hatte hatten hätte her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im
        immer in indem ins irgend ist ja je jede jedem jeden jeder jedes jedoch jene jener jetzt kam kann kannst kaum
        kein keine keinem keinen keiner könne können könnt konnte konnten könnte machen macht machte mal man manche
        manchen mehr mein meine meinem meinen meiner mich mir mit möchte mögen muss müssen musste nach nachdem neben
        nein nicht nichts noch nun nur ob oder ohne sehr sei seid sein seine seinem seinen seiner seit selbst sich sie
        sind so sogar solche solchem solchen soll sollen sollte sondern sonst soweit sowie über um und uns unser unsere
        unter viel viele vielen vier vom von vor wann war wäre waren warum was weder weg wegen weil weit welche welchem
        welchen welcher welches wem wen wenig wenn wer werde werden wessen wie wieder wieso wieviel will wir wird wirst
        wo wobei wodurch wofür woher wohin wohl wollen wollte womit woran worauf woraus worden worin worüber wovon wozu
        wurde wurden würde würden zu zum zur zwar zwei zwischen zwischen nenne nennt genannt heißt heißen lautet bitte
        sag sage erkläre beschreibe passiert passierte geschah geschieht bereits dabei jeweils sowohl
        """
    ),
    abbreviations=listed(
        """
        abs abschn abt allg altgr anh anl anm art aufl ausg az bd bde bes best betr bez bgbl bsp bspw buchst bzgl bzw
        ca chr d.h d.i d.j d.m dgl dipl dr ebd ehem eidg eigtl einschl engl entspr etc etw e.v evtl exkl fa fam ff fig
        fr frz geb gegr gem geg gen gest gez ggf ggfs ggü griech hl hr hrn hrsg hz i.a i.allg i.d.f i.d.r i.e.s i.h.v
        i.s.d i.v i.v.m inb incl ing inh inkl insb insbes int ital jh jhd jhdt kap kath kl kfm kgl lat lfd lt max med
        mind min mio mrd mdl m.e m.w möbl mtl n.chr v.chr nachf nat nr nrn o.ä o.g o.j o.n ggf od österr p.a phil pol
        prot prof ps qkm rd rdnr rel resp rn röm rz s.a s.o s.u sen sog sogen spez st staatl std str stv svw tel teilw
        tsd u.a u.ä u.a.m u.e u.s.w u.u u.v.a ugs urspr usf v.a v.l.n.r verh verf vgl vorm vors wg z.b z.hd z.t z.zt
        zb zit zus zz zzgl zzt jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do fr sa so hptst bf hbf
        """
    ),
    before_number="s|p|art|kap|ziff|z|bd|abb|tab|nr|ca|rn|§|hs|bl|sp|az|vers|fn",
    after_ordinal=(
        rf"(?:{MONTHS}|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|[A-ZÄÖÜ][a-zäöüß]+(?:s|es|er|e|en|n|t|g|z|l|r|k|d|m|f)?)"
    ),
    asking=(
        (
            AnswerType.NUMBER,
            r"wie ?viele?[rn]?|wie (?:lange?|alt|weit|groß|hoch|tief|schwer|breit|oft|teuer|schnell)"
            r"|welche[rn]? (?:anzahl|prozentsatz|anteil|zahl|höhe|größe|preis|summe|menge|alter)",
        ),
        (
            AnswerType.TIME,
            r"wann|seit wann|bis wann|(?:in )?welche[mnrs]? (?:jahre?s?|tag|monat|datum|jahrhundert|jahrzehnt|zeit|uhrzeit)"
            r"|um wie viel uhr|(?:in )?was für ein(?:em)? jahr",
        ),
        (
            AnswerType.PLACE,
            r"wo|woher|wohin|(?:in )?welche[mnrs]? (?:stadt|land|staat|ort|region|provinz|kontinent|fluss|insel|gegend|"
            r"gebiet|bundesland|straße|raum|gebäude)",
        ),
        (
            AnswerType.PERSON,
            r"wer|wen|wem|wessen|welche[mnrs]? (?:person|präsident(?:in)?|könig(?:in)?|kaiser|autor(?:in)?|schauspieler(?:in)?"
            r"|wissenschaftler(?:in)?|anführer|spieler(?:in)?|mann|frau|komponist|regisseur|sprecher)",
        ),
        (AnswerType.REASON, r"warum|weshalb|wieso|weswegen|aus welche[mn] gr(?:u|ü)nde?n?|wozu|was verursachte?"),
    ),
    whether="ist|sind|war|waren|hat|haben|hatte|kann|können|darf|dürfen|muss|müssen|wird|werden|wurde|gibt es|soll",
    counted="wie ?viele?[rn]?",
    numerals=(
        "\\w+zehn|\\w+zig|\\w+hundert|\\w+tausend|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|million(?:en)?|"
        "milliarden?|dutzend|halbe?|hälfte|drittel|viertel|prozent"
    ),
    times=(
        rf"{MONTHS}|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\w*jahrhundert\w*|gestern|heute|morgen|"
        "mittag|mitternacht|uhr|v\\. ?chr|n\\. ?chr|jahre?n?"
    ),
    places="in|im|aus|bei|nach|von|nahe|um|zwischen|durch|an|am|auf",
    reasons="weil|da|denn|deshalb|deswegen|daher|darum|wegen|aufgrund|infolge|damit|um|grund|gründe|führte|verursacht\\w*|sodass",
    small_talk={
        SmallTalk.GREETING: "hallo|hi|hey|moin(?: moin)?|servus|grüezi|grüß gott|guten (?:morgen|tag|abend)|wie gehts(?: dir)?",
        SmallTalk.THANKS: "danke(?: schön| sehr| dir| euch)?|dankeschön|vielen dank|besten dank|merci|super|toll|perfekt",
        SmallTalk.FAREWELL: "tschüss|tschüs|ciao|auf wiedersehen|bis (?:bald|dann|später|morgen)|gute nacht",
        SmallTalk.ABOUT: "hilfe|test|wer bist du|was bist du|was kannst du|was machst du|wie funktioniert (?:das|der bot)|bist du ein (?:bot|mensch)",
    },
    ending=re.compile(r"'(?:s)?$"),
)
