"""Finnish."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu\\w*"

PACK = LanguagePack(
    code="fi",
    name="Finnish",
    stemmer="finnish",
    ending=re.compile(r"(?<=.)[:’'](?:n|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|a|ä|ta|tä|t|in|en|iin|een|ssä)$"),
    stop_words=listed(
        """
        ei eivät eikä ehkä ei emme en enemmän ennen eri että et ette he heidän heidät heille heissä heistä heitä hän hänen hänelle
        hänellä häneltä hänessä hänestä hänet häntä ihan ilman itse ja jo johon joiden joihin joiksi joilla joille joilta joina
        joissa joista joita joka joko jokin joksi jolla jolle jolta jona jonka jos jossa josta jota jotka jotta joten joskus juuri
        kai kaikki kaikkien kanssa kautta keiden keihin keiksi keillä keille keiltä keinä keissä keistä keitä keneen keneksi kenellä
        kenelle keneltä kenenä kenen kenessä kenestä kenet ketkä ketä kuin kuinka kuitenkin kuka kun kuten kyllä koko koska kukaan
        kumpi lisäksi luo lähes me meidän meidät meihin meille meillä meissä meistä meitä mihin mikä mikään miksi mikäli millä mille
        miltä milloin minkä minne minua minulla minun minut minä missä mistä miten mitkä mitä moni monta montako mukaan muu muut
        muun muita mutta myös myötä mm ne niiden niihin niiksi niille niillä niiltä niin niinä niissä niistä niitä noin nuo nyt nämä
        näiden näin näissä näistä näitä oikein olemme olen olet olette oli olimme olin olisi olisivat olit olitte olivat olla
        olleet ollut oma on ovat paljon pitkin poikki se sekä sen siihen siinä siitä sille sillä siltä sitten sitä siis sinun sinä
        siksi tai tahansa takana takia tapahtui tapahtuu te teidän tuo tuon tule tulee tuli tämä tämän tässä tästä tätä tähän tällä
        vaan vai vaikka varten vain verran vielä vuoksi voi voivat yli ylös yhä yksi kaksi kolme kutsutaan kutsuttiin nimeltään
        nimi kerro kuvaile selitä onko oliko ovatko olivatko
        """
    ),
    abbreviations=listed(
        """
        ao alk arv as ay dipl dos dr ed em engl ent esim ev evl fil fl jaa jmj.. jne.. jr jälk ks klo kok kpl kts k ka l lis lk luutn
        lyh lääk m maist mm mlj milj mrd n nk no nro ns nyk oik os o.s p par pj po prof puh pvm rn rva s sd sen siht so st synt
        t tms.. tri tsto v vas vrt vs vt yht yl yms.. ym.. ts toim tod teol eaa ekr jkr eKr jKr
        """
    ),
    before_number="s|nro|no|luku|ks|klo|kpl|n|noin|puh|kuva|taul|p|§|mom|os|v|vv|art",
    after_ordinal=rf"(?:{MONTHS}|vuosisa\w+|[a-zäöå]+)",
    asking=(
        (
            AnswerType.NUMBER,
            r"kuinka (?:monta?|moni|paljon|pitkä\w*|kauan|vanha\w*|suur[ie]\w*|korkea\w*|syvä\w*|usein|iso\w*|kauka\w*)|mon(?:ta|tako|en|eenko|essako)\w*|paljonko|mikä (?:on |oli )?(?:väkiluku|prosenttiosuus|osuus|määrä|korkeus|pituus|ikä|hinta|pinta-ala)",
        ),
        (
            AnswerType.TIME,
            r"milloin|koska|minä (?:vuonna|päivänä|vuosina|aikana)|millä vuosi\w+|mihin aikaan|missä kuussa|mistä lähtien",
        ),
        (
            AnswerType.PLACE,
            r"missä|mistä|mihin|minne|(?:missä|minkä|mikä) (?:kaupungi\w*|kaupunki|maa\w*|osavaltio\w*|paika\w*|paikka|alue\w*|maakunta\w*|mantere\w*|joki|saari|osa\w*)",
        ),
        (
            AnswerType.PERSON,
            r"kuka|ketkä|kenen|kenelle|ketä|keneltä|keiden|kuka (?:presidentti|kuningas|kirjailija|näyttelijä|tutkija|johtaja|pelaaja)",
        ),
        (AnswerType.REASON, r"miksi|minkä (?:takia|vuoksi)|mistä syystä|mikä (?:aiheutti|johti)"),
    ),
    whether=r"\w+k[oö]",
    counted="kuinka monta|montako",
    numerals="yksi|yhden|kaksi|kahden|kolme\\w*|neljä\\w*|viisi|viiden|kuusi|kuuden|seitsemän|kahdeksan|yhdeksän|kymmen\\w*|sata\\w*|sadan|tuhat|tuhan\\w*|miljoon\\w*|miljard\\w*|puolet|kolmasosa|neljäsosa|prosentti\\w*|tusina",
    times=rf"{MONTHS}|maanantai\w*|tiistai\w*|keskiviikko\w*|torstai\w*|perjantai\w*|lauantai\w*|sunnuntai\w*|vuosisa\w+|eilen|tänään|huomenna|vuo(?:nna|sina|den|det|si)|luvulla|luvun",
    places="(?!)",
    reasons="koska|sillä|siksi|takia|vuoksi|ansiosta|jotta|syy\\w*|johtui|johtuu|aiheutt\\w+|seurauksena|näin ollen",
    small_talk={
        SmallTalk.GREETING: "hei|moi(?: moi)?|terve|moikka|hyvää (?:huomenta|päivää|iltaa)|huomenta|mitä kuuluu",
        SmallTalk.THANKS: "kiitos(?: paljon)?|kiitti|mahtavaa|hienoa",
        SmallTalk.FAREWELL: "näkemiin|hei hei|heippa|hyvää yötä|nähdään",
        SmallTalk.ABOUT: "apua|testi|kuka (?:sinä )?olet|mitä (?:sinä )?(?:osaat|teet)|miten tämä toimii|oletko (?:sinä )?botti",
    },
)
