"""Chinese, whose words are pairs of signs here."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

# A pair with one of these asks or ties and says nothing of a subject.
ASKING_SIGNS = frozenset("什么么麼谁誰哪吗嗎呢啊吧怎啥")
TYING_SIGNS = frozenset("的了是在和与與及或而且但也都就被把对對从從于於为為以之其这這那个個些有几幾多少何如")
PAIRS = listed(
    """
    多少 几个 几年 为何 如何 因为 所以 但是 可以 可能 以及 以后 之后 之前 之间 他们 她们 它们 我们 你们 自己 这个 那个 这些 那些
    一个 一些 一种 没有 不是 就是 还是 或者 如果 虽然 由于 关于 对于 通过 根据 其中 其他 名字 叫做 称为 被称 時候 时候 请问 哪些 哪里 哪个
    為什 为什 是否 能否 何时 何地 何人 有关 有何 之一
    """
)


def says_nothing(word: str) -> bool:
    """Whether a pair of signs asks or ties: it has a sign that asks, or both tie, or it is a common pair."""
    if len(word) == 1:
        return word in ASKING_SIGNS or word in TYING_SIGNS
    return (
        word in PAIRS
        or not ASKING_SIGNS.isdisjoint(word)
        or TYING_SIGNS.issuperset(word)
        or word[-1:] == "的"
        or word[:1] == "的"
    )


PACK = LanguagePack(
    code="zh",
    name="Chinese",
    spaced=False,
    bias=-0.7,
    keeps_marks=True,
    stop=says_nothing,
    asking=(
        (
            AnswerType.NUMBER,
            r"多少|多[大高长長远遠久重深快宽寬]|[几幾](?!乎)(?:个|個|次|种|種|人|位|名|条|條|岁|歲|天|倍|所|座|场|場|项|項|只|家)|百分比|百分之[几幾]|(?:人口|面积|高度|长度|数量|比例|年龄)(?:是|为|有)多",
        ),
        (
            AnswerType.TIME,
            r"什[么麼]时候|什麼時候|何[时時]|哪(?:一)?(?:年|天|日|月|个世纪|世纪|個世紀|世紀|个年代|段时间|个月|一时期)|[几幾](?:年|月|号|日|点|點)|什[么麼](?:时间|時間|日期|年份|年代|时期)|多久",
        ),
        (
            AnswerType.PLACE,
            r"哪里|哪裡|哪裏|哪儿|何[处處地]|哪(?:一)?(?:个|個|座|些)?(?:城市|国家|國家|地方|州|省|地区|地區|大陆|洲|河流|岛|島)|什[么麼](?:地方|城市|国家|地区)|在哪",
        ),
        (
            AnswerType.PERSON,
            r"谁|誰|何人|哪(?:一)?(?:位|个人|名)|什[么麼]人|哪(?:一)?个(?:总统|国王|作家|科学家|领袖|球员|演员)",
        ),
        (AnswerType.REASON, r"为什[么麼]|為什[么麼]|为何|為何|原因|怎[么麼]会|是什[么麼]导致"),
    ),
    whether="是不是|是否|能不能|可不可以",
    counted="多少|[几幾]",
    numerals="[一二三四五六七八九十百千万萬亿億两兩半]",
    times="[年月日号號]|世[纪紀]|昨天|今天|明天|星期[一二三四五六日天]|周[一二三四五六日]|公元|年代|时期|時期",
    places="[在于於从從到至]",
    reasons="因为|因為|由于|由於|所以|因此|原因|导致|導致|为了|為了|使得|结果|結果|以便",
    small_talk={
        SmallTalk.GREETING: "你好|您好|大家好|早上好|晚上好|嗨",
        SmallTalk.THANKS: "谢谢|謝謝|多谢|非常感谢|太好了",
        SmallTalk.FAREWELL: "再见|再見|拜拜|晚安",
        SmallTalk.ABOUT: "帮助|幫助|测试|你是谁|你是誰|你能做什么|怎么用",
    },
)
