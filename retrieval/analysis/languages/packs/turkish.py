"""Turkish, with its two letters i, and what it writes behind an apostrophe."""

import re

from retrieval.analysis.languages.language_pack import LanguagePack, listed, lower
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
CAPITAL_I = str.maketrans({"I": "ı", "İ": "i"})


def with_dots(surface: str) -> str:
    """A word in small letters, where the small I has no dot."""
    return lower(surface.translate(CAPITAL_I))


PACK = LanguagePack(
    code="tr",
    name="Turkish",
    stemmer="turkish",
    lower=with_dots,
    ending=re.compile(r"(?<=.)['’ʼ].*$"),
    stop_words=listed(
        """
        acaba ama ancak arada artık aslında ayrıca az bana bazen bazı bazıları belki ben beni benim beri bile bin bir biraz
        birçok biri birisi birkaç birşey biz bizden bize bizi bizim böyle böylece bu buna bunda bundan bunlar bunları bunların
        bunu bunun burada çok çünkü da daha dahi de defa değil diğer diye dolayı dolayısıyla en eğer elbette etmek etti ettiği
        eden edilen edildi edilir ederek gibi göre hala halen hangi hangileri hangisi hani hatta hem henüz hep hepsi her
        herhangi herkes herkesin hiç hiçbir için içinde idi ile ilgili ise işte itibaren itibariyle kadar karşın kendi
        kendilerine kendini kendisi kendisine kendisini kez ki kim kimden kime kimi kimin kimler kimdir mı mi mu mü mıdır midir
        mudur müdür nasıl ne neden nedenle nedir neler nelerdir nerede nereden nereye neresi neresidir nerededir nerelerde niçin
        niye o olan olarak oldu olduğu olduğunu olduklarını olmadı olmadığı olmak olması olmayan olmaz olsa olsun olup olur
        olursa oluyor on ona ondan onlar onlardan onları onların onu onun orada öyle oysa pek rağmen sadece sanki şayet şey
        şeyden şeyi şeyler şimdi şöyle şu şuna şunda şundan şunu tarafından tüm üzere üzerinde üzerine var vardı vardır ve veya
        ya yani yapan yapar yapılan yapılması yapıyor yapmak yaptı yaptığı yaptığını yaptıkları yine yok yoksa zaten zaman
        kaç kaçtır kaçı kaçıncı vardı sonra önce arasında olmuştur oldukları sahip adı adına adında denir denirdi verilir verilen
        hakkında iki üç söyle açıkla ismi nelere neye neyi neyin ulan edilmiştir edilmektedir etmektedir
        """
    ),
    abbreviations=listed(
        """
        a.ş alb apt ar.gör as av b bkz bl böl bş c cad cm çev çvş der dipl doç dr dz ecz ed em en ens fak fr gön gr güv hst
        hz ing iö is is.ö ist iş jeol kd km kor krş kur lat lt ltd m mad mah md mim mm mrş müh müz no ör örn ord öz prof rus
        s sav sk sn snt sok sos st t.c tar tbp tel telg tğm top trb tuğg tümg uzm ü üni vb vd vs vdl yard yard.doç yd yrd yy
        yay yön yük zf zool m.ö m.s yüzb başk çvr yzb org gnkur
        """
    ),
    before_number="s|no|sy|md|bkz|böl|tel|c|sk|mad|fık|yıl|ş",
    after_ordinal=(
        rf"(?i:{MONTHS})|(?i:yüzyıl|yy|madde|bölüm|yıl|gün|hafta|dünya|sınıf|cilt|kat|sokak|cadde|lig|sıra|dönem|kez|kere|ordu|"
        "filo|tümen|kolordu|alay|hanedan|yıldönümü|bin)|[A-ZÇĞİÖŞÜ][a-zçğıöşü]+"
    ),
    asking=(
        (
            AnswerType.NUMBER,
            r"kaç\w*|ne kadar\w*|yüzde kaç\w*|(?:sayısı|oranı|nüfusu|yüzölçümü|yüksekliği|uzunluğu|yaşı|fiyatı|miktarı|yüzdesi) (?:nedir|kaçtır|ne)",
        ),
        (
            AnswerType.TIME,
            r"ne zaman\w*|hangi (?:yıl|tarih|gün|ay|yüzyıl|dönem|on ?yıl|çağ|saat|zaman)\w*|kaç yılında|saat kaçta",
        ),
        (
            AnswerType.PLACE,
            r"nere\w*|hangi (?:şehir|kent|ülke|eyalet|yer|bölge|il|kıta|nehir|ada|ilçe|kısım|semt|köy)\w*",
        ),
        (
            AnswerType.PERSON,
            r"kim\w*|hangi (?:kişi|başkan|kral|kraliçe|yazar|oyuncu|bilim adam|lider|futbolcu|adam|kadın|besteci|yönetmen|imparator)\w*",
        ),
        (AnswerType.REASON, r"neden|niçin|niye|hangi (?:neden|sebep)\w*|nedeni ne\w*|sebebi ne\w*|ne sebep ol\w*"),
    ),
    whether=r"\S+ (?:mı|mi|mu|mü)\b",
    counted="kaç",
    numerals=(
        "altmış|yetmiş|seksen|doksan|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|yüz|bin|milyon|milyar|yarısı|yarım|üçte|çeyrek|yüzde|düzine"
    ),
    times=rf"(?:{MONTHS})\w*|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|yüzyıl\w*|dün|bugün|yarın|mö|ms|yıl\w*|tarihinde",
    places=r"(?!)",
    reasons="çünkü|dolayı|nedeniyle|yüzünden|sayesinde|sebebiyle|bu nedenle|sonucu|sonucunda|neden\\w*|sebep\\w*|için",
    small_talk={
        SmallTalk.GREETING: "merhaba|selam|günaydın|iyi (?:günler|akşamlar)|nasılsın",
        SmallTalk.THANKS: "teşekkür(?:ler| ederim| ederiz)?|sağ ?ol|harika|süper",
        SmallTalk.FAREWELL: "hoşça kal|güle güle|görüşürüz|iyi geceler",
        SmallTalk.ABOUT: "yardım|deneme|sen kimsin|ne yapabilirsin|nasıl çalışıyor|bot musun",
    },
)
