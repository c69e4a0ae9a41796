"""Italian, whose small words lose their vowel before another one (l', dell', un')."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"

PACK = LanguagePack(
    code="it",
    name="Italian",
    bias=0.0,
    stemmer="italian",
    dictionary="it",
    prefix=re.compile(
        r"^(?:[cdlmnstv]|un|gl|all|dall|dell|nell|sull|coll|quell|quest|sant|bell|tutt|anch|com|dov|cos|quand|quant|qual)'(?=.)",
        re.IGNORECASE,
    ),
    stop_words=listed(
        """
        a abbia abbiamo abbiano ad adesso agli ai al all alla alle allo allora altre altri altro alcuna alcune alcuni anche
        ancora anni aveva avevano avere avete aver ben bene c che chi chiunque ci ciascuna ciascuno ciò cioè circa col coi come
        con contro cosa così cui d da dagli dai dal dall dalla dalle dallo davanti degli dei del dell della delle dello dentro
        deve devono di dietro dire dopo dove dovrebbe due durante e è ed egli ella entrambi era erano esse essere essi esso
        essa esiste esistono fa fanno fare fatto fin fino fra fu fui furono già gli ha hai hanno ho i il in infatti inoltre
        invece io l la là le lei lì li lo loro lui lungo ma mai me meno mentre mi mia mie miei mio molta molte molti molto ne né
        negli nei nel nell nella nelle nello nessun nessuna nessuno niente noi non nostra nostre nostri nostro nulla o od oggi
        ogni ognuno oltre oppure ora per perché perciò pero però pertanto più piuttosto po poco poi poiché possa possono può
        prima presso proprio pur pure qua qual quale quali qualche qualcosa qualcuno qualsiasi quando quanta quante quanti quanto
        quasi quel quell quella quelle quelli quello questa queste questi questo qui quindi sarà sarebbe saranno s se sé secondo
        sei sembra sempre senza si sia siamo siano siete sono sopra sotto sta stata state stati stato stava stesso stessa stessi
        su sua subito sue sugli sui sul sull sulla sulle sullo suo suoi tale tali tanta tante tanti tanto te ti tra tre troppo tu
        tua tue tuo tuoi tutta tutte tutti tutto un una uno v va vai verso vi via viene vengono venne vennero voi vostro chiama
        chiamava chiamato chiamata chiamano dimmi spiega descrivi nome successo succede accaduto tipo
        """
    ),
    abbreviations=listed(
        """
        a.c d.c all app art artt avv ca cap capp c.a cfr ca cit c.d co col comm cm d dir dott dr dss dott.ssa dot ecc.. ed es
        p.es fam fig figg fr gen geom ing jr l lett lic lgs m mar mons n nn no num on ord op p pag pagg par pp prof prof.ssa
        proff prov r rag rev s san sec seg sez sig sigg sig.na sig.ra s.p.a spa spett ss st s.r.l str tab tel trad u v ved vol
        voll vs d.lgs d.p.r g.u
        """
    ),
    before_number="pag|pagg|p|pp|art|artt|n|nn|no|num|fig|figg|cap|capp|vol|voll|tel|sez|par|ca|tab|lett|co|l|v",
    asking=(
        (
            AnswerType.NUMBER,
            r"quant[oaei]|(?:qual è |qual era |quale |che )(?:il |la |l')?(?:numero|percentuale|proporzione|quantità|popolazione|età|dimensione|altezza|"
            r"lunghezza|prezzo|distanza|superficie|somma|costo)",
        ),
        (
            AnswerType.TIME,
            r"quando|(?:in )?(?:che|quale) (?:anno|data|giorno|mese|secolo|decennio|epoca|momento|ora|periodo)|a che ora",
        ),
        (
            AnswerType.PLACE,
            r"dove|dov'è|(?:in |di |da )?(?:che|quale|quali) (?:città|paese|stato|luogo|posto|regione|provincia|continente|fiume|isola|zona|parte|via)",
        ),
        (
            AnswerType.PERSON,
            r"chi|(?:che|quale|quali) (?:persona|presidente|re|regina|autore|attore|attrice|scienziato|leader|giocatore|uomo|donna|regista|papa)",
        ),
        (
            AnswerType.REASON,
            r"perché|per (?:quale|che) (?:motivo|ragione)|qual è (?:la causa|il motivo)|cosa ha causato|come mai",
        ),
    ),
    whether="è|sono|era|si può|posso|può|c'è|ci sono|ha|hanno|esiste|devo|deve|bisogna",
    counted="quant[ei]",
    numerals="\\w+dici|dicia\\w+|quaranta|cinquanta|sessanta|settanta|ottanta|novanta|uno?|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|venti|trenta|cento|mille|mila|milion[ei]|miliard[oi]|dozzina|metà|terzo|quarto|per cento",
    times=rf"{MONTHS}|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|secol[oi]|ieri|oggi|domani|a\. ?c|d\. ?c|ann[oi]|decennio",
    places="a|ad|in|nel|nella|di|da|presso|vicino a|verso|tra|fra|al|alla|su|sul",
    reasons="perché|poiché|siccome|a causa|grazie|quindi|perciò|cause?|causato|ragion[ei]|motiv[oi]|affinché|provocato|in seguito",
    small_talk={
        SmallTalk.GREETING: "ciao|salve|buongiorno|buonasera|buon pomeriggio|come (?:va|stai)",
        SmallTalk.THANKS: "grazie(?: mille| tante)?|perfetto|ottimo",
        SmallTalk.FAREWELL: "arrivederci|a (?:presto|domani|dopo)|buonanotte|addio",
        SmallTalk.ABOUT: "aiuto|prova|chi sei|cosa (?:sei|puoi fare|fai)|come funziona(?: il bot)?|sei un (?:bot|robot)",
    },
)
