"""Words that a screen at a counter does not show: a visitor, or who came along, may read it too."""

import re

TELLING = re.compile(
    r"mensenhandel|slachtoffer|uitbuit|dader|verdacht|prostitu|politie|illega|misdaad|misbruik|dwang|dwing"
    r"|vreemdelingen|seks|sex|traffick|victim|exploit|perpetrator|offender|suspect|police|crime|crimin|slave"
    r"|abuse|coerc|forced",
    re.IGNORECASE,
)


def is_neutral(words: str) -> bool:
    """Tell whether words give nothing away about what this is for."""
    return not TELLING.search(words)
