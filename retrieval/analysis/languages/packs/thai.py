"""Thai, whose words are pairs of syllables here: a consonant with its vowels and tones each."""

from retrieval.analysis.languages.language_pack import LanguagePack, LeaningWords, listed
from retrieval.core.query_model import AnswerType, SmallTalk

PAIRS = listed(
    """
    อะไร เมื่ อไร ไหร่ ที่ไ ไหน ใคร ทำไม อย่าง งไร ไร กี่ค เท่า ไหร่ และ หรือ ของ ที่ ใน เป็น คือ มี ได้ จะ ไม่ ให้ ว่า กับ จาก ถึง โดย ตาม แต่ ก็ นี้ นั้น
    เพื่อ ซึ่ง ด้วย แล้ว อยู่ ถูก การ ความ เมื่อ เพราะ
    """
)

PACK = LanguagePack(
    code="th",
    name="Thai",
    spaced=False,
    bias=0.0,
    keeps_marks=True,
    stop_words=PAIRS,
    asking=(
        (AnswerType.NUMBER, r"กี่|เท่าไ(?:ร|หร่)|จำนวน|มากแค่ไหน|นานแค่ไหน|สูงแค่ไหน|ไกลแค่ไหน"),
        (AnswerType.TIME, r"เมื่อไ(?:ร|หร่)|ปีใด|ปีไหน|ปีอะไร|วันใด|วันไหน|วันที่เท่าไ(?:ร|หร่)|เดือนใด|เดือนไหน|กี่โมง|ศตวรรษใด"),
        (AnswerType.PLACE, r"ที่ไหน|ที่ใด|(?:จังหวัด|ประเทศ|เมือง|รัฐ|ภูมิภาค|ทวีป|เกาะ|แม่น้ำ)(?:ใด|ไหน|อะไร)"),
        (AnswerType.PERSON, r"ใคร|ผู้ใด|คนไหน|บุคคลใด"),
        (AnswerType.REASON, r"ทำไม|เพราะเหตุใด|เพราะอะไร|เหตุใด|สาเหตุ"),
    ),
    whether=r".*(?:หรือไม่|ไหม|มั้ย)\W*$",
    counted="กี่",
    numerals="หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน|ครึ่ง|เปอร์เซ็นต์|ร้อยละ",
    times="มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|วัน(?:จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|ศตวรรษ|เมื่อวาน|วันนี้|พรุ่งนี้|พ\\.ศ|ค\\.ศ|ปี",
    places="ที่|ใน|จาก|ใกล้|ระหว่าง",
    reasons="เพราะ|เนื่องจาก|ดังนั้น|จึง|สาเหตุ|เหตุผล|เพื่อ|ส่งผล|ทำให้",
    small_talk={
        SmallTalk.GREETING: "สวัสดี(?:ครับ|ค่ะ|คะ)?|หวัดดี(?:ครับ|ค่ะ)?",
        SmallTalk.THANKS: "ขอบคุณ(?:ครับ|ค่ะ|มาก)*|ขอบใจ|เยี่ยม",
        SmallTalk.FAREWELL: "ลาก่อน|บาย|ราตรีสวัสดิ์|แล้วเจอกัน",
        SmallTalk.ABOUT: "ช่วยด้วย|ช่วยเหลือ|ทดสอบ|คุณคือใคร|คุณทำอะไรได้บ้าง",
    },
    leaning=LeaningWords(
        persons=listed("เขา เธอ"), things=listed("มัน พวกเขา นั่น นี่ ที่นั่น"), openings=listed("และ แต่ หรือ แล้ว")
    ),
)
