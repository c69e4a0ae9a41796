"""Arabic: letters that are written in several ways are one, and the small words that stand together with a word are cut off."""

import re
import unicodedata

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MARKS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]"
)  # vowels, and what stretches a word
LETTERS = str.maketrans("أإآٱىئؤةگکی", "ااااييوهككي")


def plain(surface: str) -> str:
    """A word without vowels and stretching, each letter in one way."""
    return MARKS.sub("", unicodedata.normalize("NFKC", surface)).translate(LETTERS).lower()


def light_stem(word: str) -> str:
    """The light stem of a word: without what stands together with it and without the endings of number and person.

    Larkey, Ballesteros and Connell 2007 ("light10"), whose prefixes and suffixes these are.
    """
    for prefix in ("وال", "فال", "بال", "كال", "ولل", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    else:
        if word.startswith("و") and len(word) >= 4:
            word = word[1:]
    for suffix in ("ها", "ان", "ات", "ون", "ين", "يه", "هم", "نا", "يا", "ه", "ي"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
    return word


PACK = LanguagePack(
    code="ar",
    name="Arabic",
    lower=plain,
    normal=light_stem,
    stop_words=frozenset(
        map(
            plain,
            listed(
                """
        في من على إلى الى عن مع هذا هذه ذلك تلك هؤلاء أولئك التي الذي الذين اللذان اللتان اللواتي ما ماذا متى أين كيف كم لماذا
        لما لم لن لا ليس ليست من مَن هل أي أية أيّ هو هي هم هن أنا نحن أنت أنتم كان كانت كانوا يكون تكون يكونون كونه كل كلا بعض
        غير بين قبل بعد عند عندما حيث حتى ثم أو أم و ف ب ل ك لكن لكنه لكنها بل إن أن إنه إنها أنه أنها أنهم كأن قد لقد سوف إذا إذ
        منذ خلال تحت فوق أمام خلف حول دون بدون ضد نحو لدى لدي لديه لديها مثل كما أيضا ايضا فقط جدا أكثر أقل وفي وهو وهي وهذا وهذه
        ومن وعلى وإلى وعن ومع وكان وكانت ولم ولا ولكن وقد فهو فهي فإن وأن وإن بها به فيها فيه منها منه عليها عليه إليها إليه لها
        له لهم عنها عنه بهم فيهم منهم عليهم إليهم والتي والذي والذين بأن لأن لأنه لأنها حين بينما أما إما سواء عدة عدد أحد إحدى
        واحد واحدة اثنين اثنان تم يتم تمت هناك هنا ذات ذو ذي اذا اي اين ماهو ماهي ماهى مما عما فيما بما لماذا وما وكم وأين ومتى
        وكيف ولماذا ومن اسم سمي يسمى تسمى سميت يطلق تدعى يدعى اذكر عرف اشرح صف حدث يحدث شيء نوع التى الذى إلي علي فى
        """
            ),
        )
    ),
    abbreviations=listed("د أ م ص ج ط هـ ق.م م.م إلخ الخ أ.د ص.ب ت"),
    before_number="ص|ج|م|رقم|ط|ق",
    asking=(
        (
            AnswerType.NUMBER,
            r"[وفب]?كم|ما (?:هو |هي )?(?:عدد|نسبة|مساحة|عمر|طول|ارتفاع|سعر|حجم|مقدار|درجة|تعداد|النسبة|كمية|قيمة)",
        ),
        (
            AnswerType.TIME,
            r"[وف]?متى|(?:في )?(?:أي|اي|أية) (?:عام|سنة|تاريخ|يوم|شهر|قرن|عقد|وقت|فترة|زمن|ساعة)|ما (?:هو )?تاريخ|منذ متى",
        ),
        (
            AnswerType.PLACE,
            r"[وف]?[أا]ين|من أين|إلى أين|(?:في |من )?(?:أي|اي|أية) (?:مدينة|دولة|بلد|ولاية|مكان|منطقة|إقليم|مقاطعة|قارة|نهر|جزيرة|جزء|موقع)|ما (?:هي )?عاصمة",
        ),
        (
            AnswerType.PERSON,
            r"[وف]?من (?:هو|هي|هم|الذي|التي|الذين|كان|كانت|قام|قاد|اخترع|اكتشف|أسس|كتب|صمم|فاز)|^\W*من\b|لمن|(?:أي|اي) (?:شخص|رئيس|ملك|ملكة|كاتب|ممثل|عالم|قائد|لاعب|رجل|امرأة)",
        ),
        (
            AnswerType.REASON,
            r"[وف]?لماذا|لم|لما|ما (?:هو )?(?:سبب|السبب)|ما الذي (?:سبب|أدى|تسبب)|ما (?:هي )?(?:أسباب|الأسباب)",
        ),
    ),
    whether="هل",
    counted="كم (?:عدد )?",
    numerals=(
        "واحد[ةه]?|اثن\\w+|ثلاث\\w*|أربع\\w*|خمس\\w*|ست[ةه]?|سبع\\w*|ثمان\\w*|تسع\\w*|عشر\\w*|مئ[ةه]|مائ[ةه]|ألف|آلاف|مليون|ملايين|مليار\\w*|نصف|ثلث|ربع|"
        "بالمئة|بالمائة|في المائة"
    ),
    times=(
        "يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|"
        "الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|القرن|قرن|عام|سنة|أمس|اليوم|غدا|ق\\.م|هـ|العقد"
    ),
    places="في|من|إلى|الى|قرب|بين|عند|نحو|داخل|شمال|جنوب|شرق|غرب",
    reasons="لأن\\w*|بسبب|نتيجة|لذلك|لكي|حتى|سبب|أسباب|أدى|أدت|تسبب\\w*|نظرا|من أجل|بفضل",
    small_talk={
        SmallTalk.GREETING: "مرحبا|السلام عليكم|اهلا(?: وسهلا)?|أهلا(?: وسهلا)?|صباح الخير|مساء الخير|كيف حالك",
        SmallTalk.THANKS: "شكرا(?: لك| جزيلا)?|ممتاز|رائع",
        SmallTalk.FAREWELL: "مع السلامة|إلى اللقاء|وداعا|تصبح على خير",
        SmallTalk.ABOUT: "مساعدة|تجربة|من أنت|من انت|ماذا يمكنك أن تفعل|كيف تعمل|هل أنت (?:بوت|روبوت)",
    },
)
