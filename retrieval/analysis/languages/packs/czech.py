"""Czech."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "led(?:en|na|nu)|únor[au]?|březen|březn[au]|dub(?:en|na|nu)|květ(?:en|na|nu)|červen(?:ec|ce|ci)?|červn[au]|srp(?:en|na|nu)|září|říj(?:en|na|nu)|listopad[u]?|prosin(?:ec|ce|ci)"

PACK = LanguagePack(
    code="cs",
    name="Czech",
    stemmer="czech",
    stop_words=listed(
        """
        a aby aj ale ani ano asi až během bez bude budou bude by byl byla byli bylo byly být co což čí či článek další dnes do ho i já
        jak jaká jakou jaké jaký jakém jakého jako je jeden jedna jedno jeho jej její jejich jemu jen jenž ještě jestli ji jí jich jim
        jimi jinak jiné jiný již jsem jsi jsme jsou jste k kam každý kde kdo kdy kdyby když ke kolik kolika kolem která kterou které
        kterém kterého kterému který kterých kterým kteří ku ku má mají mám máte mezi mě mi mít mně mnou moc mohl mohla mohou může
        můj mu my na nad nám námi nás náš ne nebo nebyl není než nic nich ním ní něj něho něco někdo některé některý o od on ona oni
        ono ony pak po pod podle pokud potom pouze pro proč proto protože před přes přesto při roce s se si sice skoro snad sobě
        svá své svém svého svůj ta tak také takže tam tato te tě tedy té tím ten tento této tom tomto tomu to tohle toho tohoto tu tuto
        ty tyto u už v vám vás váš ve více však vše všechen všechny všech vy z za zda zde ze že dva dvě tři nazývá nazýval nazývána
        jmenuje jmenoval jmenovala řekni popiš vysvětli stalo děje druh
        """
    ),
    abbreviations=listed(
        """
        abt aj.. akad angl apod.. arch asi atd.. atp.. bc býv č čís čp cca cit čl csc dat dept dir dl dr doc ev fr fa fig fr gen gr hl
        hod hrab ing inž j jr judr kap kpt kat kč ks l lat lit ltd max mgr min mil mj ml mld mjr mudr n např nám nar násl něm npor
        n.l př.n.l o obr odd odst op p paed pal phdr pí písm pl plk pol popř por poz pozn pp pplk prof prap přel přib pr příp r red
        ref resp rkp roč rozh s sb sign skt sl slov soc sp sr st stol str stř sv šk t tab tel thdr tis tj tr trad tzn tzv ul ult v viz
        vol vs vyd vyobr vzn z zal zák zast zejm zem zkr zn zvl zv
        """
    ),
    before_number="č|čís|čl|str|s|odst|obr|tab|tel|kap|cca|písm|sv|roč|§|r|st|viz|p|ul",
    after_ordinal=rf"(?:{MONTHS}|století|[a-záčďéěíňóřšťúůýž]+)",
    asking=(
        (
            AnswerType.NUMBER,
            r"kolik(?:a|átý|rát)?|jak (?:dlouh\w*|dalek\w*|často|vysok\w*|velk\w*|star\w*|hlubok\w*|těžk\w*)|jak(?:ý|á|é) (?:je |byl |byla |bylo )?(?:počet|podíl|procento|množství|populace|rozloha|výška|délka|cena|věk|velikost)",
        ),
        (
            AnswerType.TIME,
            r"kdy|(?:ve?|od|do) (?:kter\w+|jak\w+) (?:roce|roku|den|dni|měsíci|století|období|době|letech)|v kolik hodin",
        ),
        (
            AnswerType.PLACE,
            r"kde|kam|odkud|(?:ve?|z|na) (?:kter\w+|jak\w+) (?:městě|zemi|státě|místě|regionu|provincii|kraji|části|kontinentu|ostrově|ulici|řece)|kter(?:é|á|ý) (?:město|země|stát|řeka)",
        ),
        (
            AnswerType.PERSON,
            r"kdo|koho|komu|kým|čí|kter(?:ý|á) (?:prezident|král|královna|autor|herec|herečka|vědec|vůdce|hráč|člověk|muž|žena)|jak se jmen\w+",
        ),
        (
            AnswerType.REASON,
            r"proč|z jakého důvodu|co (?:způsobilo|zapříčinilo)|jak(?:á|ý) (?:byla|byl|je) (?:příčina|důvod)",
        ),
    ),
    whether="je|jsou|byl|byla|bylo|má|mají|může|mohu|lze|smí|existuje",
    counted="kolik",
    numerals="jed(?:en|na|no|noho)|dva|dvě|dvou|tři|tří|čtyři|čtyř|pět\\w*|šest\\w*|sedm\\w*|osm\\w*|devět\\w*|deset\\w*|sto|set|tisíc\\w*|milion\\w*|miliard\\w*|polovin\\w+|třetin\\w+|čtvrtin\\w+|procent\\w*|tucet",
    times=rf"{MONTHS}|pondělí|úterý|středa|středu|čtvrtek|pátek|sobota|sobotu|neděle|neděli|století|včera|dnes|zítra|n\. ?l|rok[u]?|roce|let(?:ech|a)?",
    places="v|ve|na|z|ze|do|u|pod|mezi|přes|nad",
    reasons="protože|neboť|proto|kvůli|díky|aby|tudíž|příčin\\w+|důvod\\w*|způsob\\w+|následkem|v důsledku|jelikož|vedl[ao]?",
    small_talk={
        SmallTalk.GREETING: "ahoj|čau|nazdar|zdravím|dobrý (?:den|večer)|dobré ráno|jak se máš",
        SmallTalk.THANKS: "díky|děkuji(?: moc| vám)?|děkuju|super|skvělé",
        SmallTalk.FAREWELL: "nashledanou|na shledanou|měj se|dobrou noc|čau",
        SmallTalk.ABOUT: "pomoc|test|kdo jsi|co (?:umíš|jsi|děláš)|jak to funguje|jsi (?:bot|robot)",
    },
)
