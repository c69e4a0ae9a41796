"""Polish."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = (
    "stycz(?:eń|nia|niu)|lut(?:y|ego|ym)|mar(?:zec|ca|cu)|kwie(?:cień|tnia|tniu)|maj[au]?|czerw(?:iec|ca|cu)|lip(?:iec|ca|cu)|"
    "sierp(?:ień|nia|niu)|wrze(?:sień|śnia|śniu)|październik[au]?|listopad(?:a|zie)?|grud(?:zień|nia|niu)"
)

PACK = LanguagePack(
    code="pl",
    name="Polish",
    stemmer="polish",
    stop_words=listed(
        """
        a aby ale albo ani aż bardziej bardzo bez bo bowiem by być był była było były będzie będą chce choć ci cię co coś czego
        czemu czy czyj czyja czyje czym czyli dla dlaczego dlatego do dość dwa dwie gdy gdyby gdyż gdzie go i ich ile im ilu inna
        inne innych inny innego iż ja jak jaka jaką jaki jakich jakie jakiego jakiej jakim jakimi jako je jeden jedna jedno jednak
        jednego jego jej jemu jest jestem jeszcze jeśli jeżeli już każda każde każdy kiedy kilka kilku kim kogo kto komu która którą
        które którego której któremu który których którym którymi którzy ku lecz lub ma mają mam mi miał miała miało mieć mimo mnie
        mną moja moje może można mógł mogą mogła mój mu my na nad nam nami nas nasz nasza nasze natomiast nawet nic nich nie niego
        niej niemu nigdy nim nimi niż no o obok od ok on ona one oni ono około oraz pan pani po pod podczas pomimo ponieważ poza
        przed przede przez przy raz również sam sama są się skąd sobą sobie swoich swoim swoja swoje swojego swojej swój ta tak taka
        taki takich takie także tam te tego tej ten też to tobą tobie tu twój ty tych tylko tym tymi u w wam was wasz we wiele wielu
        więc wszyscy wszystkich wszystkie wszystko wśród z za zaś zawsze ze zostać został została zostało zostały że żeby nazywa
        nazywał nazywała nazwano nazwany nazywano nazywają powiedz opisz wyjaśnij stało dzieje podaj rodzaj trzy tę więcej
        """
    ),
    abbreviations=listed(
        """
        al art b bm bryg centr ciąg cd cdn cyt d dn doc dol dot dr ds dyr dyw e ew fot g gen godz gr gł hab hr im in inż itd.. itp..
        jedn jw k kan kard kart kl kol kpr kpt ks kw lek lic lit m.in m maks mar mb mec mgr min mies mjr mln mld mk mkw mos n.e
        np nr nt o ob odc ok oo op oprac os p pn pkt pl płd płk płn pol por pos poz pp ppłk ppor prof przyp ps pw płw r red ref rep
        ro rok rozdz rys ryc s sekr sen sp ss st str stul str strz szt św św t tab tel tj tow trzyn tys tzn tzw tzn ub ul ur ust
        vs w wg wiel wlkp woj ws współcz wyd wys zb zł zm zob źr
        """
    ),
    before_number="art|ust|pkt|nr|str|s|poz|rys|ryc|tab|tel|godz|ok|rozdz|t|ul|dz|p|par|§|lit|zob|im",
    amid="r|w|ww|n|gr|zł|tys|mln|mld|godz|min|sek|szt|str|ur|zm|km|kg",
    after_ordinal=rf"{MONTHS}|wieku?|[a-ząćęłńóśźż]+",
    asking=(
        (
            AnswerType.NUMBER,
            r"il[eu]|ilom[aą]?|jak (?:długo|daleko|często|wysoki\w*|duż\w*|star\w*|głębok\w*)|jak(?:a|i|ą|ie) (?:jest |była |był )?(?:liczba|odsetek|procent|część|"
            r"ilość|populacja|powierzchnia|wysokość|długość|cena|wiek|wielkość|kwota)|ile lat",
        ),
        (
            AnswerType.TIME,
            r"kiedy|w (?:którym|jakim) (?:roku|dniu|miesiącu|wieku|okresie|czasie)|o której|któreg?o (?:dnia|roku)|od kiedy|do kiedy|w jakich latach",
        ),
        (
            AnswerType.PLACE,
            r"gdzie|skąd|dokąd|w (?:którym|jakim|której|jakiej) (?:mieście|kraju|państwie|miejscu|regionie|prowincji|stanie|części|miejscowości|województwie)|"
            r"na (?:którym|jakim|której|jakiej) (?:kontynencie|wyspie|ulicy)",
        ),
        (
            AnswerType.PERSON,
            r"kto|kogo|komu|kim|czyj\w*|któr(?:y|a) (?:prezydent|król|królowa|autor|autorka|aktor|aktorka|naukowiec|przywódca|zawodnik|człowiek|kobieta)|jak (?:nazywa|nazywał)\w* się (?:człowiek|osoba)",
        ),
        (
            AnswerType.REASON,
            r"dlaczego|czemu|z jakiego powodu|co (?:było|jest) (?:przyczyną|powodem)|co spowodowało|po co",
        ),
    ),
    whether="czy",
    counted="il[eu]",
    numerals="jed(?:en|na|no)|dw(?:a|ie|óch)|trzy|trzech|czter\\w+|pię[ćc]\\w*|sześ\\w+|siedem\\w*|osiem\\w*|dziewię\\w*|dziesię\\w*|sto|set|tysi\\w+|milion\\w*|miliard\\w*|połow\\w+|ćwierć|procent",
    times=rf"{MONTHS}|poniedziałek|wtorek|środ[aęy]|czwartek|piątek|sobot[aęy]|niedziel[aęi]|wiek[u]?|wczoraj|dziś|dzisiaj|jutro|n\.e|rok[u]?|lat(?:a|ach)?",
    places="w|we|na|z|ze|do|koło|pod|między|przez|nad",
    reasons="ponieważ|gdyż|bo|bowiem|dlatego|wskutek|z powodu|dzięki|aby|żeby|przyczyn\\w+|powod\\w+|spowodowa\\w+|w wyniku|skutkiem",
    small_talk={
        SmallTalk.GREETING: "cześć|hej|witam|witaj|siema|dzień dobry|dobry wieczór|jak się masz",
        SmallTalk.THANKS: "dzięki|dziękuję(?: bardzo| ci)?|super|świetnie",
        SmallTalk.FAREWELL: "do widzenia|pa|na razie|dobranoc|do zobaczenia",
        SmallTalk.ABOUT: "pomoc|pomocy|test|kim jesteś|co (?:potrafisz|umiesz|robisz)|jak to działa|jesteś botem",
    },
)
