"""How a name sounds in Dutch: names are heard over a telephone and written down as they sound."""

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch(?=[^aeiouy]|$)", "s"),
        (r"tsj|tch|tj", "c"),
        (r"ch|kh|gh|g", "x"),
        (r"dt|th|d$|d(?=t)", "t"),
        (r"ph|v|w(?=r)", "f"),
        (r"qu", "kw"),
        (r"ck|q|c(?=[aou]|[^eiyh]|$)", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"eij|ij|ey|ei|ay|ai|y", "e"),
        (r"ouw|auw|ou|au|ow", "o"),
        (r"oe|uu|ue", "u"),
        (r"b$|p", "p"),
        (r"h(?![aeiou])", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWEL = re.compile(r"[aeiou]+")


def dutch_sound(word: str) -> str:
    """Return a key that names which sound alike in Dutch share.

    Meijer, Meyer, Meier; Bakker, Backer; Dirks, Dircks.

    Args:
        word: one word, folded to a to z.

    Returns:
        Its consonants by sound, with one sign for a vowel at the front.
    """
    sound = word
    for pattern, replacement in _RULES:
        sound = pattern.sub(replacement, sound)
    front = "a" if sound[:1] in "aeiou" else ""
    return front + re.sub(r"(.)\1+", r"\1", _VOWEL.sub("", sound)) or word
