"""Japanese, whose words are pairs of signs here; pairs of hiragana alone are mostly grammar."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

HIRAGANA = re.compile("[\u3041-\u309f]+")
# A sign and a particle behind it, or one before a sign: "橋は", "に行".
PARTICLES = frozenset("はがをにのでともへやかなねよぞ")
ASKING_SIGNS = frozenset("何誰")
PAIRS = listed("どこ いつ なぜ どれ どの 何時 何年 何人 何故 場合 こと もの ため よう そう とき")


def says_nothing(word: str) -> bool:
    """Whether a pair of signs is grammar: hiragana alone, a particle with its neighbour, or what asks."""
    if word in PAIRS or HIRAGANA.fullmatch(word) or not ASKING_SIGNS.isdisjoint(word):
        return True
    return len(word) == 2 and (word[1] in PARTICLES or HIRAGANA.match(word[0]) is not None)


PACK = LanguagePack(
    code="ja",
    name="Japanese",
    spaced=False,
    bias=-0.5,
    keeps_marks=True,
    stop=says_nothing,
    asking=(
        (
            AnswerType.NUMBER,
            r"いくつ|いくら|何(?:人|個|本|枚|回|年間|日間|時間|分|歳|才|キロ|メートル|度|パーセント|％|%|割|倍|種類|件|台|階|冊|円|ページ)|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)",
        ),
        (AnswerType.TIME, r"いつ|何(?:年|月|日|時|曜日|世紀|年代)|どの(?:時代|年|時期)"),
        (AnswerType.PLACE, r"どこ|何処|どの(?:国|都市|町|街|場所|地域|地方|州|県|島|大陸|川|市|村)|どちら"),
        (AnswerType.PERSON, r"誰|だれ|どなた|どの(?:人|人物)|何者"),
        (AnswerType.REASON, r"なぜ|何故|どうして|なんで|理由は|原因は"),
    ),
    counted="いくつの|何(?:人|個|本|枚|回)",
    numerals="[一二三四五六七八九十百千万億兆半]",
    times="[年月日時]|世紀|昨日|今日|明日|[月火水木金土日]曜|紀元前|時代",
    places="[でにへ]",
    reasons="ため|から|ので|理由|原因|によって|により|おかげ|結果",
    small_talk={
        SmallTalk.GREETING: "こんにちは|こんばんは|おはよう(?:ございます)?|やあ|はじめまして",
        SmallTalk.THANKS: "ありがとう(?:ございます|ございました)?|どうも|感謝します|すごい",
        SmallTalk.FAREWELL: "さようなら|またね|おやすみ(?:なさい)?|じゃあね|バイバイ",
        SmallTalk.ABOUT: "ヘルプ|助けて|テスト|あなたは誰(?:ですか)?|何ができ(?:る|ますか)|使い方",
    },
)
