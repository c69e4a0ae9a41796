"""Vietnamese, whose syllables are its words here: the tone on a letter makes another word."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

PACK = LanguagePack(
    code="vi",
    name="Vietnamese",
    bias=-0.7,
    keeps_marks=True,
    stop_words=listed(
        """
        ai bao bị bởi các cái cả càng chỉ cho chưa chứ có cũng của cùng đã đang đây đâu để đến đi điều do đó được gì giữa hay
        hơn hoặc khi không là lại lên lúc mà mỗi một này nào nên nếu những như nhưng nhiêu nhiều ở ra rằng rất rồi sau sẽ sao
        sự tại theo thì thế tới trên trong trước từ từng và vào vẫn về vì việc với vừa xuống loại cách gọi tên đều mấy hãy
        kể ấy nó họ chúng tôi bạn thường
        """
    ),
    abbreviations=listed("tp ts ths gs pgs tr tcn scn q p ubnd đ vd v.v stt nxb"),
    before_number="tr|số|q|p|điều|đ",
    asking=(
        (
            AnswerType.NUMBER,
            r"bao nhiêu|bao lâu|bao xa|mấy|(?:số lượng|tỷ lệ|tỉ lệ|phần trăm|dân số|diện tích|độ tuổi|chiều (?:cao|dài|rộng)) .{0,40}(?:là gì|nào)",
        ),
        (
            AnswerType.TIME,
            r"khi nào|bao giờ|lúc nào|(?:vào )?(?:năm|ngày|tháng|thế kỷ|thập kỷ|thời gian|thời điểm) nào",
        ),
        (
            AnswerType.PLACE,
            r"ở đâu|đâu|nơi nào|(?:thành phố|quốc gia|nước|tiểu bang|bang|tỉnh|vùng|khu vực|châu lục|con sông|hòn đảo) nào",
        ),
        (
            AnswerType.PERSON,
            r"ai|người nào|(?:vị vua|tổng thống|nhà khoa học|nhà văn|diễn viên|cầu thủ|lãnh đạo|nhà lãnh đạo) nào",
        ),
        (
            AnswerType.REASON,
            r"tại sao|vì sao|lý do gì|nguyên nhân (?:nào|gì)|điều gì (?:gây ra|khiến|đã khiến)|sao lại",
        ),
    ),
    whether="có phải|liệu|có thể",
    counted="bao nhiêu|mấy",
    numerals="một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|tỷ|tỉ|nửa|phần trăm",
    times="tháng|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|thế kỷ|hôm qua|hôm nay|ngày mai|năm \\d+|ngày \\d+|tcn|thập niên|thập kỷ",
    places="ở|tại|từ|đến|gần|giữa|trong|thuộc",
    reasons="vì|bởi vì|do|nhờ|nên|vì vậy|do đó|nguyên nhân|lý do|để|dẫn đến|gây ra|kết quả",
    small_talk={
        SmallTalk.GREETING: "xin chào|chào(?: bạn| mọi người)?|bạn khỏe không",
        SmallTalk.THANKS: "cảm ơn(?: bạn| nhiều)?|cám ơn|tuyệt vời",
        SmallTalk.FAREWELL: "tạm biệt|hẹn gặp lại|chúc ngủ ngon",
        SmallTalk.ABOUT: "giúp(?: tôi)?|thử|bạn là ai|bạn có thể làm gì|bạn là bot",
    },
)
