"""Hebrew: the small words that are written together with a word are cut off, and so are the endings of number."""

import re
import unicodedata

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MARKS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u200c-\u200f]")  # vowels
GERESH = str.maketrans({"׳": "'", "״": '"'})
FINAL = str.maketrans("ךםןףץ", "כמנפצ")
SHORTEST = 3  # letters that are left of a word
TOGETHER = ("וכשה", "שב", "שה", "שמ", "של", "וה", "וב", "ול", "ומ", "וש", "מה", "בה", "ל", "ה", "ב", "מ", "ו", "ש", "כ")
ENDINGS = ("יות", "ים", "ות", "יה", "ית", "ה", "י")


def plain(surface: str) -> str:
    """A word without its vowels."""
    return MARKS.sub("", unicodedata.normalize("NFKC", surface).translate(GERESH)).lower()


def light_stem(word: str) -> str:
    """A word without the small words before it and the endings of number and gender, its last letter as amid a word."""
    for prefix in TOGETHER:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST:
            word = word[len(prefix) :]
            break
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    return word.translate(FINAL)


PACK = LanguagePack(
    code="he",
    name="Hebrew",
    lower=plain,
    normal=light_stem,
    stop_words=listed(
        """
        של את על עם אל לא כי אם או גם אך אבל רק כל כמו כן לכן עד בין לפני אחרי תחת מעל ליד בלי כדי בגלל למרות הוא היא הם הן אני
        אנחנו אתה את אתם זה זו זאת אלה אלו הזה הזאת האלה היה היתה הייתה היו יהיה תהיה יהיו להיות יש אין שם כאן שבו שבה אשר מי מה
        מתי איפה היכן מאין לאן מדוע למה איך כיצד כמה איזה איזו אילו האם מהו מהי מהם מהן ומה ומי של שלו שלה שלהם שלי שלנו אותו אותה
        אותם בו בה בהם לו לה להם לי לנו ממנו ממנה מהם עליו עליה אליו אליה מן עוד כבר מאוד יותר פחות ביותר כאשר כש לאחר במשך דרך נגד
        אחד אחת שני שתי שניים שתיים שלושה רבים רבות הרבה כך אז ולא והוא והיא הייתי ידי על-ידי לפי אף כלל חלק נקרא נקראת נקראו קוראים
        שמו שמה תאר הסבר ספר קרה סוג לגבי ביחס
        """
    ),
    abbreviations=listed("גב מר פרופ ד עמ מס ר ב"),
    before_number="עמ|מס|ס|פרק|סעיף",
    asking=(
        (AnswerType.NUMBER, r"כמה|מה (?:מספר|אחוז|שיעור|גודל|גובה|אורך|מחיר|גיל|אוכלוסיית|שטח)\w*|בן כמה|בת כמה"),
        (AnswerType.TIME, r"מתי|(?:ב?איזו|ב?איזה) (?:שנה|יום|תאריך|חודש|מאה|עשור|תקופה|שעה)|ממתי|עד מתי"),
        (AnswerType.PLACE, r"איפה|היכן|לאן|מאין|מהיכן|(?:ב?איזו|ב?איזה) (?:עיר|ארץ|מדינה|מקום|אזור|מחוז|יבשת|נהר|אי)"),
        (AnswerType.PERSON, r"מי|למי|של מי|איזה (?:אדם|נשיא|מלך|סופר|שחקן|מדען|מנהיג)|איזו (?:אישה|מלכה|שחקנית)"),
        (AnswerType.REASON, r"למה|מדוע|מאיזו סיבה|מה (?:גרם|הסיבה)"),
    ),
    whether="האם",
    counted="כמה",
    numerals="אחת|אחד|שניים|שתיים|שני|שתי|שלוש\\w*|ארבע\\w*|חמ[יש]\\w*|שש\\w*|שבע\\w*|שמונה|תשע\\w*|עשר\\w*|מאה|מאות|אלף|אלפי\\w*|מיליון|מיליארד|חצי|שליש|רבע|אחוז\\w*",
    times="[במל]?(?:ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר)|יום (?:ראשון|שני|שלישי|רביעי|חמישי|שישי)|שבת|המאה|אתמול|היום|מחר|שנת|בשנת|לפנה",
    places="(?!)",
    reasons="כי|בגלל|משום|מפני|לכן|עקב|בזכות|כדי|סיבה|הסיבה|גרם|גרמה|כתוצאה|מאחר",
    small_talk={
        SmallTalk.GREETING: "שלום|היי|הי|בוקר טוב|ערב טוב|מה שלומך|מה נשמע",
        SmallTalk.THANKS: "תודה(?: רבה)?|מעולה|אחלה",
        SmallTalk.FAREWELL: "להתראות|ביי|לילה טוב",
        SmallTalk.ABOUT: "עזרה|בדיקה|מי אתה|מה אתה יכול לעשות|איך זה עובד|אתה בוט",
    },
)
