"""The words that tell over a shoulder what a page is about, in every language of these pages.

Each list names, in this order: trafficking, victim, exploitation, perpetrator, suspect, prostitution, police,
illegal. A word stands here by its stem, so that its cases and plurals are found too.
"""

import re

TELLING: dict[str, tuple[str, ...]] = {
    "nl": (
        *("mensenhandel", "slachtoffer", "uitbuiting", "uitgebuit", "dader", "verdachte", "prostitu"),
        *("politie", "illega", "slavernij", "misdaad"),
    ),
    "en": (
        "traffick",
        "victim",
        "exploit",
        "perpetrator",
        "suspect",
        "prostitut",
        "police",
        "illegal",
        "crime",
    ),
    "pl": (
        "handel ludźmi",
        "handlu ludźmi",
        "ofiar",
        "wyzysk",
        "spraw[cę]",
        "podejrzan",
        "prostytu",
        "policj",
        "nielegal",
    ),
    "ro": ("trafic", "victim", "exploat", "făptaș", "suspect", "prostitu", "poliți", "ilegal"),
    "bg": ("трафик", "жертв", "експлоатац", "извършител", "заподозр", "проститу", "полиц", "нелегал"),
    "es": (
        "trata de",
        "tráfico",
        "víctima",
        "explotaci",
        "autor del",
        "sospechos",
        "prostitu",
        "policía",
        "ilegal",
    ),
    "pt": ("tráfico", "vítima", "exploraç", "autor do", "suspeit", "prostitu", "polícia", "ilegal"),
    "hu": (
        "emberkeresked",
        "áldozat",
        "kizsákmány",
        "elkövető",
        "gyanúsított",
        "prostitu",
        "rendőr",
        "illegál",
    ),
    "uk": ("торгівл", "жертв", "експлуатац", "злочин", "підозрюван", "проститу", "поліці", "нелегал"),
    "ru": ("торговл", "жертв", "эксплуатац", "преступ", "подозрева", "проститу", "полици", "нелегал"),
    "tr": (
        "insan ticareti",
        "mağdur",
        "kurban",
        "sömür",
        "fail",
        "şüpheli",
        "fuhuş",
        "polis",
        "yasadışı",
        "kaçak",
    ),
    "el": ("εμπορία", "θύμα", "θύματα", "εκμετάλλευσ", "δράστη", "ύποπτ", "πορνεία", "αστυνομ", "παράνομ"),
    "ar": ("الاتجار", "ضحي", "ضحايا", "استغلال", "الجاني", "مشتبه", "دعارة", "الشرطة", "غير قانوني", "جريمة"),
    "fa": ("قاچاق", "قربانی", "بهره‌کشی", "استثمار", "مجرم", "مظنون", "روسپی", "پلیس", "غیرقانونی"),
    "ti": ("ንግዲ ሰብ", "ግዳይ", "ግዳያት", "ምዝመዛ", "ገበነኛ", "ጥርጡር", "ኣመንዝራ", "ፖሊስ", "ዘይሕጋዊ"),
    "fr": (
        "traite des",
        "trafic",
        "victime",
        "exploitation",
        "auteur des faits",
        "suspect",
        "prostitu",
        "police",
        "illégal",
    ),
    "zh": ("人口贩", "贩卖", "受害", "剥削", "罪犯", "嫌疑", "卖淫", "警察", "非法"),
    "vi": (
        "buôn người",
        "nạn nhân",
        "bóc lột",
        "thủ phạm",
        "nghi phạm",
        "mại dâm",
        "cảnh sát",
        "bất hợp pháp",
    ),
    "tl": (
        "human trafficking",
        "biktima",
        "pagsasamantala",
        "salarin",
        "suspek",
        "prostitu",
        "pulis",
        "ilegal",
    ),
    "id": (
        "perdagangan orang",
        "korban",
        "eksploitasi",
        "pelaku",
        "tersangka",
        "pelacur",
        "polisi",
        "ilegal",
    ),
}


def told(text: str, code: str) -> list[str]:
    """Return the telling words of this language, of Dutch and of English in a text."""
    stems = {*TELLING[code], *TELLING["nl"], *TELLING["en"]}
    return sorted(stem for stem in stems if re.search(stem, text, re.IGNORECASE))
