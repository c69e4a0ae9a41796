"""French, whose small words lose their vowel before another one (l', d', qu')."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

PACK = LanguagePack(
    code="fr",
    name="French",
    bias=0.0,
    stemmer="french",
    dictionary="fr",
    prefix=re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=.)", re.IGNORECASE),
    stop_words=listed(
        """
        a à ai aie aient ait alors après au aucun aucune auquel aura aurait aussi autant autour autre autres aux auxquels
        auxquelles avaient avait avant avec avez avoir avons ayant beaucoup bien c ça car ce ceci cela celle celles celui
        cent cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez chose ci comme
        comment contre d dans de dedans dehors déjà depuis derrière des dès désormais dessous dessus deux devant devrait doit
        doivent donc dont du durant e elle elles en encore enfin entre environ es est et étaient était étant etc être eu eurent
        eut eux faire fait faites font fois fut furent hors ici il ils j jamais je jusque l la là laquelle le lequel les
        lesquelles lesquels leur leurs lors lorsque lui m ma mais malgré me même mêmes mes mien mieux moi moins mon n ne ni
        non nos notre nôtre nous nul on ont ou où ouais outre par parce parmi pas peu peut peuvent peux plus plusieurs plutôt
        pour pourquoi pourrait pouvait pouvez près presque puis puisque qu quand quant que quel quelle quelles quelqu quelque
        quelques quels qui quiconque quoi quoique s sa sans sauf se selon sera serait seront ses seul seule si sien sinon soi
        soient soit son sont sous souvent sur t ta tandis tant te tel telle telles tels tes toi ton tous tout toute toutefois
        toutes très trois trop tu un une unes va vers voici voilà vont vos votre vôtre vous y combien appelle appelait appelé
        appelée appelées appelés nomme nommé nommée nommez dites expliquez décrivez passé passe arrivé type ayez suis es sommes
        êtes été ainsi afin
        """
    ),
    abbreviations=listed(
        """
        adj adr al ann ap apr art arr av avr bd bibl boul bull c.-à-d cap cf ch chap cie col coll comm compl cpt déc dép dépt dir
        div dr drs éd édit env etc.. ex ext f fac févr fig figs fr gal gouv hab hist ibid id i.e ill inf insp inst introd janv
        j.-c av.j.-c ap.j.-c juill juil l'art lat lieut lt ltd m max mgr min mlle mlles mm mme mmes n nb no nos nov obs oct
        op p p.ex par parag pl pp préf prof p.-s q qq qqn r r.-v réf rep resp rev rte s sec sect sept sg st ste sté suiv suppl
        sv t tél tom trad u univ v vol vols vs zool me mes bld
        """
    ),
    before_number="p|pp|art|l'art|d'art|no|nos|n|fig|figs|chap|ch|vol|t|tél|sec|sect|al|éd|env|av|ap|par|réf|v|rte|pl|tome|cf",
    asking=(
        (
            AnswerType.NUMBER,
            r"combien|quel(?:le)?s? (?:est |était |fut )?(?:la |le |l')?(?:nombre|pourcentage|proportion|part|quantité|population|âge|taille|hauteur|"
            r"longueur|prix|fraction|distance|superficie|montant|durée|somme)",
        ),
        (
            AnswerType.TIME,
            r"quand|(?:en |à |de )?quel(?:le)?s? (?:année|date|jour|mois|siècle|décennie|époque|moment|heure|période)",
        ),
        (
            AnswerType.PLACE,
            r"où|d'où|(?:dans |en |de |à |sur )?quel(?:le)?s? (?:ville|pays|état|endroit|lieu|région|province|continent|fleuve|rivière|île|zone|"
            r"partie|département|rue|commune)",
        ),
        (
            AnswerType.PERSON,
            r"qui|à qui|quel(?:le)?s? (?:personne|président|présidente|roi|reine|auteur|acteur|actrice|scientifique|chef|joueur|homme|femme|"
            r"compositeur|réalisateur|empereur|pape)",
        ),
        (
            AnswerType.REASON,
            r"pourquoi|pour quelles? raisons?|qu'est-ce qui a (?:causé|provoqué)|quelles? (?:est|était|sont) (?:la|les) (?:cause|raison)s?",
        ),
    ),
    whether="est-ce qu(?:e|')|peut-on|puis-je|y a-t-il|est-il|est-elle|sont-ils|a-t-on|doit-on|faut-il",
    counted="combien (?:de |d')",
    numerals=(
        "treize|quatorze|quinze|seize|quarante|cinquante|soixante\\S*|quatre-vingt\\S*|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|cents|mille|millions?|milliards?|douzaine|moitié|tiers|"
        "quart|pour cent"
    ),
    times=rf"{MONTHS}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|siècles?|hier|aujourd'hui|demain|av\. ?j|ap\. ?j|ans?|années?|décennie",
    places="à|au|aux|en|dans|de|du|près de|vers|entre|sur",
    reasons="parce|car|puisque|en raison|à cause|grâce|afin|donc|causes?|causé|raisons?|motif|provoqué|conséquence|pour que|entraîné",
    small_talk={
        SmallTalk.GREETING: "bonjour|salut|bonsoir|coucou|ça va|comment (?:ça va|vas-tu|allez-vous)",
        SmallTalk.THANKS: "merci(?: beaucoup| bien)?|super|parfait|génial",
        SmallTalk.FAREWELL: "au revoir|à bientôt|à plus(?: tard)?|bonne nuit|à demain",
        SmallTalk.ABOUT: "aide|aidez-moi|test|qui (?:es-tu|êtes-vous)|que (?:peux-tu|pouvez-vous) faire|comment ça marche|es-tu un (?:bot|robot)",
    },
)
