"""Portuguese."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"

PACK = LanguagePack(
    code="pt",
    name="Portuguese",
    bias=0.0,
    stemmer="portuguese",
    dictionary="pt",
    stop_words=listed(
        """
        a à ainda algo alguém algum alguma algumas alguns ali ante antes ao aos apenas após aquela aquelas aquele aqueles
        aquilo as às até cada cerca com como contra cuja cujo da daquela daquele das de dela delas dele deles depois desde
        dessa desse desta deste deve devem deveria disso disto do dos duas durante e é ela elas ele eles em enquanto entre
        era eram és essa essas esse esses esta está estão estar estas estava estavam este estes esteve eu faz fazem fazer
        feito fez foi foram for fosse há haja houve isso isto já jamais la lhe lhes lo logo mais mas me mediante menos mesma
        mesmas mesmo mesmos meu meus minha minhas muita muitas muito muitos na nada não nas nela nele nem nenhum nenhuma
        nessa nesse nesta neste ninguém no nos nós nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro
        outros para parte pela pelas pelo pelos per perante pode podem poderia podia pois por porém porque porquê pouca
        pouco poucos pra própria próprio qual quais qualquer quando quanta quantas quanto quantos quase que quê quem se sem
        sempre sendo ser será serão seu seus sido só sob sobre sou sua suas tais tal também tampouco tanta tanto tão te tem
        têm tendo tenha ter terá teve tinha tinham toda todas todavia todo todos tu tua tudo um uma umas uns vai vão vários
        várias você vocês vos diga explique descreva chama chamado chamada nome acontece aconteceu ocorre ocorreu tipo dois
        três
        """
    ),
    abbreviations=listed(
        """
        a.c d.c a.m p.m abr adm apto aprox art arts av cap caps cf cia cód col coord dep depto dir doc dr dra drs dras
        ed esq etc ex exa exmo exma fig figs fls fl gen ilmo inc jr ltda máx mín n nº núm no obs op p pág págs par p.ex
        pf pg pgs pp prof profa profs rev ref s.a s sec séc sr sra sras srs srta sta sto tel tv v v.exa v.s vol vols vs eng
        gov rod trad un
        """
    ),
    before_number="pág|págs|p|pp|pg|art|arts|núm|nº|n|no|fig|figs|cap|caps|vol|vols|tel|sec|par|inc|ed|fl|fls|res",
    asking=(
        (
            AnswerType.NUMBER,
            r"quant[oa]s?|qu(?:al|e) (?:é |era |foi )?(?:[oa] )?(?:número|porcentagem|percentual|proporção|quantidade|população|"
            r"idade|tamanho|altura|comprimento|preço|fração|distância|carga horária|valor|prazo|nota)",
        ),
        (
            AnswerType.TIME,
            r"quando|(?:em )?qu(?:e|al) (?:ano|data|dia|mês|século|década|época|momento|hora)|a que horas",
        ),
        (
            AnswerType.PLACE,
            r"onde|aonde|(?:em |de )?qu(?:e|al) (?:cidade|país|estado|lugar|região|província|continente|rio|ilha|zona|parte|local)",
        ),
        (
            AnswerType.PERSON,
            r"quem|qu(?:e|al) (?:pessoa|presidente|rei|rainha|autora?|ator|atriz|cientista|líder|jogador|homem|mulher|diretor)",
        ),
        (AnswerType.REASON, r"por ?qu[eê]|qual (?:é|foi|era) (?:[oa] )?(?:causa|motivo|razão)|o que causou"),
    ),
    whether="é|são|era|foi|está|estão|há|pode|posso|podem|deve|tem|têm|existe|existem",
    counted="quant[oa]s",
    numerals=(
        "treze|catorze|quinze|dezess\\w+|dezo\\w+|dezenove|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|\\w+centos|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|vinte|cem|cento|mil|milh(?:ão|ões)|bilh(?:ão|ões)|dúzia|"
        "metade|terço|quarto|por cento"
    ),
    times=rf"{MONTHS}|segunda|terça|quarta|quinta|sexta|sábado|domingo|séculos?|ontem|hoje|amanhã|a\. ?c|d\. ?c|anos?|década|semestres?",
    places="em|no|na|nos|nas|de|do|da|desde|perto de|até|entre|para",
    reasons="porque|pois|devido|já que|portanto|graças a|causas?|causou|motivos?|razão|razões|consequência|para que|a fim de",
    small_talk={
        SmallTalk.GREETING: "olá|oi|bom dia|boa (?:tarde|noite)|tudo bem|e aí",
        SmallTalk.THANKS: "(?:muito )?obrigad[oa]|valeu|perfeito|ótimo",
        SmallTalk.FAREWELL: "adeus|tchau|até (?:logo|mais|amanhã)",
        SmallTalk.ABOUT: "ajuda|teste|quem é você|o que você (?:é|faz)|como (?:isso )?funciona|você é um (?:bot|robô)",
    },
)
