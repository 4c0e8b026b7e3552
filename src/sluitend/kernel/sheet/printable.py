"""What the fonts inside typst can show.

A sign that they cannot show becomes a small square, because PDF/A refuses a sign without a shape.
"""

import unicodedata

REPLACEMENT = "□"

# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Persian, Georgian, punctuation, the euro and arrows.
COVERED = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),
    (0x48A, 0x4FF),
    (0x531, 0x556),
    (0x561, 0x587),
    (0x5D0, 0x5EA),
    # With its comma, semicolon and question mark: without these no question in Arabic is printed.
    (0x60C, 0x60C),
    (0x61B, 0x61B),
    (0x61F, 0x61F),
    (0x621, 0x63A),
    (0x640, 0x64A),
    (0x660, 0x66D),
    # What Persian adds to it.
    (0x67E, 0x67E),
    (0x686, 0x686),
    (0x698, 0x698),
    (0x6A9, 0x6A9),
    (0x6AF, 0x6AF),
    (0x6CC, 0x6CC),
    (0x6F0, 0x6F9),
    (0x10D0, 0x10FA),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x25A1, 0x25A1),
)


def printable(text: str) -> str:
    """Return the text with line ends as `\\n`, without invisible signs, a square for what has no shape."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_sign(each) for each in composed)


def _sign(sign: str) -> str:
    if sign == "\n" or any(first <= ord(sign) <= last for first, last in COVERED):
        return sign
    kind = unicodedata.category(sign)
    if kind.startswith("Z") or sign == "\t":
        return " "
    # Marks, controls and marks of direction have no shape of their own.
    return "" if kind[0] in "MC" and kind != "Co" else REPLACEMENT
