"""Korean, whose words are pairs of syllables here: the particles behind a word are then no part of most of them."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

PAIRS = listed(
    """
    무엇 엇인 인가 가요 언제 제인 어디 디에 디서 누구 구인 구가 얼마 마나 어떤 어떻 떻게 왜인 까지 부터 에서 에게 으로 이다 있다 있는 없다
    하다 하는 한다 했다 됩니 니다 니까 습니 입니 합니 였다 었다 았다 되었 된다 되는 그리 그러 그런 이런 저런 이것 그것 저것 우리 당신 그는
    그녀 들은 들이 들을 들의 에는 에도 와의 과의 이며 하고 하여 해서 대한 대해 위해 위한 통해 따라 의해 때문 경우 것은 것이 것을 몇명 인지
    나요 까요 은가 는가 던가 을까 일까 였나 었나 했나 되나
    """
)
PARTICLES = frozenset("은는을를의에")
SMALL_SYLLABLES = frozenset("은는이가을를의에도로와과다고지서기하한할해된될있없것수들그저몇왜")


def says_nothing(word: str) -> bool:
    """Whether a pair of syllables is an ending, asks, or has a particle at its end."""
    if len(word) == 1:
        return word in SMALL_SYLLABLES
    return word in PAIRS or (len(word) == 2 and word[1] in PARTICLES)


PACK = LanguagePack(
    code="ko",
    name="Korean",
    spaced=False,
    bias=0.0,
    keeps_marks=True,
    stop=says_nothing,
    abbreviations=frozenset(),
    asking=(
        (
            AnswerType.NUMBER,
            r"몇 ?(?:명|개|번|년|살|세|가지|퍼센트|%|킬로|미터|층|권|마리|원|배|도|시간|분|곳)|얼마(?:나)?|인구(?:는|가)|비율(?:은|이)",
        ),
        (AnswerType.TIME, r"언제|몇 ?(?:년도|월|일|시|세기)|어느 (?:해|년도|시대|시기|세기|날)"),
        (AnswerType.PLACE, r"어디|어느 (?:도시|나라|국가|지역|곳|주|지방|섬|대륙|강|장소)"),
        (AnswerType.PERSON, r"누구|누가|누굴|어떤 (?:사람|인물)|어느 (?:대통령|왕|작가|배우|과학자)"),
        (AnswerType.REASON, r"왜|이유(?:는|가)|어째서|원인(?:은|이)|무엇 때문"),
    ),
    counted="몇 ?(?:명의|개의)|얼마나 많은",
    numerals="하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|[일이삼사오육칠팔구십백천만억]|절반",
    times="[년월일]|세기|어제|오늘|내일|[월화수목금토일]요일|기원전|시대",
    places="에서|에|로",
    reasons="때문|이유|원인|그래서|따라서|위해|결과|덕분|므로",
    small_talk={
        SmallTalk.GREETING: "안녕(?:하세요|하십니까)?|반가워요?|좋은 아침",
        SmallTalk.THANKS: "감사(?:합니다|해요)|고마워요?|고맙습니다|최고",
        SmallTalk.FAREWELL: "안녕히 (?:가세요|계세요)|잘 ?가|잘 ?자|또 봐요?",
        SmallTalk.ABOUT: "도움말?|도와줘요?|테스트|넌? ?누구(?:니|야|세요)|뭘 할 수 있(?:니|어|나요)",
    },
)
