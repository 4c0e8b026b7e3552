"""Words for what people are and not what they do: where they come from, what they believe, whom they love.

None is a sign, and those of origin stand in no id either.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Beginnings of words, so that adjectives, people and countries are all found. Dutch and English together.
_PEOPLES = (
    "afghan|afghaan|afrika|african|alban|algeri|algerij|angol|antilli|arabi|arabisch|armeen|armen[ei]|aziat|azië"
    "|balkan|belgisch|belgian|bosni|brazil|brits|british|bulgaar|bulgare|bulgari|chinees|chinese|colombia|congol"
    "|dominica|duits|german|egypt|eritre|ethiop|filip|frans|french|georgi|ghan[ae]|gipsy|gypsy|griek|greek"
    "|hongaa?r|hungar|indiaas|indiase|indian|indones|iraak|irak|iraq|iraan|irani|itali|ivori|jamaic"
    "|kameroen|cameroon|kenia|kenya|koerd|kurd|kosov|kroaat|kroat|croat|letland|latvia|litouw|lithuan"
    "|macedoni|marokk|morocc|moldav|moldov|mongol|mongool|nepal|nigeria|oekra|ukrain|oegand|ugand"
    "|oost-?europe|eastern europ|pakist|palestij|palestin|poolse?|polen|poland|portug|roemeen|roemenen"
    "|roemeni|romania|russisch|russian|rusland|senegal|servisch|servië|serviers|serbi|sinti|slowaak|slovak"
    "|slove[en]|somali|spaans|spanish|spanjaard|sudan|soedan|surina|syrisch|syrië|syria|thais|tsjech|czech|tunesi"
    "|tunisi|turk|venezolaan|venezuel|vietnam|zigeuner|zimbabw"
)
_WHOLE_WORDS = r"aziatische?|asian|chinezen|poles|polish|roma|rus|russen|serbs?|slowaken|somaliër|thai"
_TRAITS = (
    "afkomst|land van|country of|nationalit|ethnic|etnisch|etnicit|godsdienst|religi|moslim|muslim|islam"
    "|christen|christelijk|christian|joods|jewish|hindoe|hindu|boeddhis|buddhis|hoofddoek|headscar|hijab"
    "|huidskleur|skin colou?r|donkere huid|dark.skinned|light.skinned|getint"
)
_WHOLE_TRAITS = r"geloof|faith|ras|race|racial|blanke"

_ORIGIN = re.compile(
    rf"\b(?:(?:{_PEOPLES}|{_TRAITS})\w*|(?:{_WHOLE_WORDS}|{_WHOLE_TRAITS})\b)", re.IGNORECASE
)
# In a sentence only the capital tells the people from the thing: to polish nails, poles of a tent.
_ALSO_THINGS = frozenset({"poles", "polish"})

# Orientation, disability and residence status: how words begin, and whole words. What somebody does with
# papers or says about the police stays free, as in "papers kept by another" and "illegal work".
GROUP_BEGINNINGS = (
    "lhbt|lgbt|lesbi|homoseks|homosex|biseks|bisex|heteroseks|heterosex|queer|transgender|transseks|transsex"
    "|transvrouw|transman|intersek|intersex|travestiet|non-binair|nonbinair|non-binary|nonbinary|geaardheid"
    "|seksuele voorkeur|seksuele oriëntatie|sexual orientation|sexual preference|genderidentit|gender identit"
    "|handicap|gehandicapt|disabilit|disabled|verstandelijk|zwakbegaafd|autis|slechthorend|slechtziend"
    "|hearing impaired|visually impaired|impairment|doofstom|rolstoel|wheelchair|syndroom van down"
    "|downsyndroom|down syndrome|asielzoek|asielstatus|asylum|azc|vluchteling|refugee|statushouder|ontheemd"
    "|displaced pe|ongedocumenteerd|undocumented|uitgeprocedeerd|verblijfsstatus|residence status"
    "|residency status|immigration status|illegale vreemdeling|illegale migrant|illegal migrant"
    "|illegal immigrant|illegal alien|illegal stay|illegaal verblijf|illegaal in nederland"
    "|illegally in the netherlands"
)
GROUP_WORDS = (
    "homo|homo's|homo’s|hetero|gay|gays|trans vrouw|trans man|trans woman|beperking|beperkingen|lvb|doof|dove"
    "|deaf|blinde man|blinde vrouw|blind man|blind woman|blind people|vreemdeling|vreemdelingen|amv|illegalen"
    "|illegals|zonder papieren|zonder status|without papers|without status|sans papiers"
)
_GROUP = re.compile(rf"\b(?:(?:{GROUP_BEGINNINGS})\w*|(?:{GROUP_WORDS})\b)", re.IGNORECASE)


REMEMBERED = 32_768
"""Strings of which the answer is kept: more than a pack has."""


@lru_cache(maxsize=REMEMBERED)
def origin_in_words(words: str) -> str | None:
    """Return the word in a sentence that names origin, religion or colour of skin, or None."""
    for found in _ORIGIN.finditer(words):
        if found[0] not in _ALSO_THINGS:
            return found[0].casefold()
    return None


@lru_cache(maxsize=REMEMBERED)
def group_in_words(words: str) -> str | None:
    """Return the word in a sentence that names orientation, disability or residence status, or None."""
    found = _GROUP.search(words)
    return found[0].casefold() if found else None


@lru_cache(maxsize=REMEMBERED)
def origin_in_id(entry_id: str) -> str | None:
    """Return the word in an id that names origin, religion or colour of skin, or None."""
    found = _ORIGIN.search(re.sub(r"[_.-]+", " ", entry_id))
    return found[0].casefold() if found else None
