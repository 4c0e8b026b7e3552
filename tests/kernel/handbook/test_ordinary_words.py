"""Danger and pay in ordinary words: what must be heard in a sentence, and what must never be heard in it."""

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.reading import propose

HEARD = [
    ("Hij zegt dat hij mij vermoordt.", "danger", "soon"),
    ("He says he will kill me.", "danger", "soon"),
    ("Als ik praat, zal hij mij iets aandoen.", "danger", "soon"),
    ("Zij zijn bang dat hij hen iets doet.", "forced", "perhaps"),
    ("Ze slaan haar.", "danger", "soon"),
    ("Ze slaan haar.", "forced", "yes"),
    ("De baas slaat mij.", "danger", "soon"),
    ("Hij schopt haar als zij te langzaam is.", "danger", "soon"),
    ("Zij vertelt dat hij haar elke week slaat.", "danger", "soon"),
    ("He beats her.", "danger", "soon"),
    ("Zij zeggen dat zij ons doodschieten.", "danger", "soon"),
    ("Hij maakt mij dood.", "danger", "soon"),
    ("Hij doet me wat aan.", "danger", "soon"),
    ("Hij doet haar pijn.", "danger", "soon"),
    ("Gisteren sloeg hij haar weer.", "danger", "soon"),
    ("Hij dreigt met een mes.", "danger", "soon"),
    ("Hij hield een mes op haar keel.", "danger", "soon"),
    ("Ik vrees voor mijn leven.", "danger", "soon"),
    ("She fears for her life.", "danger", "soon"),
    ("Ze komen mij halen.", "danger", "soon"),
    ("They are coming for me.", "danger", "soon"),
    ("Hij staat al een uur voor mijn deur.", "danger", "soon"),
    ("Hij sluit mij op.", "danger", "soon"),
    ("Wij krijgen niets te eten.", "danger", "soon"),
    ("Hij slaat haar nu.", "danger", "now"),
    ("Ik hoor haar nu gillen.", "danger", "now"),
    ("Ik durf niet weg.", "forced", "perhaps"),
    ("Ik durf niets te zeggen.", "forced", "perhaps"),
    ("I am afraid of him.", "forced", "perhaps"),
    ("Zij mag het huis niet uit.", "forced", "yes"),
    ("Hij laat mij niet gaan.", "forced", "yes"),
    ("I am not allowed to leave.", "forced", "yes"),
    ("He won't let me go.", "forced", "yes"),
    ("They locked us in the room, we are locked in.", "forced", "yes"),
    ("He took my passport.", "forced", "perhaps"),
    ("Zij zijn opgesloten.", "forced", "yes"),
    ("Ik krijg bijna niks.", "pay", "serious"),
    ("Ik krijg geen cent.", "pay", "serious"),
    ("Wij verdienen haast niets.", "pay", "serious"),
    ("I get almost nothing.", "pay", "serious"),
    ("Zij betalen ons een schijntje.", "pay", "serious"),
    ("We werken zeven dagen voor eten.", "pay", "serious"),
    ("We werken zeven dagen voor eten.", "forced", "perhaps"),
    ("We work for food and a place to sleep.", "pay", "serious"),
    ("Hij werkt voor een bed en wat brood.", "pay", "serious"),
    ("Zij werken daar voor niks.", "pay", "serious"),
    ("Ik krijg twee euro per uur.", "pay", "serious"),
    ("Wij worden nooit betaald.", "pay", "serious"),
    ("We haven't been paid.", "pay", "serious"),
    ("Ik word niet betaald.", "pay", "underpaid"),
    ("Hij houdt mijn geld.", "pay", "underpaid"),
    ("Hij houdt mijn geld.", "forced", "perhaps"),
    ("They keep my money: the boss takes all the money.", "forced", "perhaps"),
    ("Zij krijgt zeven euro per uur.", "pay", "underpaid"),
    ("Ik werk zestien uur per dag.", "forced", "perhaps"),
    ("Hij is katvanger.", "in_name", "yes"),
    ("Er zijn vijf telefoons op haar naam gezet.", "in_name", "yes"),
    ("Hij moest een bv oprichten voor een ander.", "in_name", "yes"),
    ("Op papier is hij directeur.", "in_name", "yes"),
    ("Hij heeft een gebroken arm.", "doctor", "yes"),
    ("Zij mag niet naar de dokter.", "doctor", "yes"),
    ("Hij is ziek en moet toch werken.", "doctor", "yes"),
    ("Zij is weggelopen.", "missing", "yes"),
    ("Mijn dochter is niet thuisgekomen.", "missing", "yes"),
    ("Wij weten niet waar zij is.", "missing", "yes"),
]
"""What somebody says, and what must be heard in it."""

NOT_HEARD = [
    # Denied.
    ("Hij slaat haar niet.", "forced"),
    ("Hij slaat haar niet.", "danger"),
    ("Niemand slaat haar.", "danger"),
    ("Hij heeft haar nooit geslagen, zegt zij.", "danger"),
    ("Hij slaat haar niet meer.", "danger"),
    ("Zij is niet opgesloten.", "forced"),
    ("Hij is nooit bedreigd.", "forced"),
    ("Niemand zal haar iets aandoen.", "danger"),
    ("He never beats her.", "danger"),
    ("He did not kill her.", "danger"),
    ("Er is geen mes op mij gericht.", "danger"),
    ("Hij komt haar niet halen.", "danger"),
    ("Zij werkt daar niet voor niets.", "pay"),
    ("Hij houdt mijn geld niet.", "pay"),
    ("Zij is niet gewond.", "doctor"),
    ("Er zijn geen leningen op haar naam gezet.", "in_name"),
    ("Zij is niet weggelopen.", "missing"),
    # Somebody or something else.
    ("In een film slaat een man haar.", "danger"),
    ("In de krant stond dat hij haar sloeg.", "forced"),
    ("In de boksles slaat hij mij.", "danger"),
    ("De klok slaat twaalf.", "forced"),
    ("De ruit is gebroken.", "forced"),
    ("Hij rookt een sigaret.", "forced"),
    ("De school staat onder druk.", "forced"),
    ("De rekening wordt niet betaald.", "pay"),
    ("Mijn huur wordt te laat betaald.", "pay"),
    ("Parkeren kost drie euro per uur.", "pay"),
    ("Bezoekers van het zwembad betalen vier euro per uur.", "pay"),
    ("Hij betaalt geen cent belasting.", "pay"),
    ("De bank houdt mijn geld vast.", "pay"),
    ("Mijn moeder komt mij halen van school.", "danger"),
    ("De kok heeft een mes.", "danger"),
    ("De postbode staat voor de deur.", "danger"),
    ("Zijn rijbewijs is vermist.", "missing"),
    ("Zij zorgt na het werk voor eten.", "pay"),
    # Past.
    ("Vroeger sloeg mijn vader mij.", "danger"),
    ("Als kind ben ik geslagen.", "danger"),
    ("Als kind ben ik geslagen.", "forced"),
    ("Jaren geleden is hij mishandeld.", "danger"),
    ("Hij heeft mijn geld teruggegeven.", "pay"),
    # Manners of speaking.
    ("Dat slaat nergens op.", "forced"),
    ("Hij slaat alarm.", "danger"),
    ("Zij slaat haar slag.", "danger"),
    ("Ik kan hem wel vermoorden.", "danger"),
    ("Het doet me pijn dat zij zo leeft.", "danger"),
    ("It beats me how they do it.", "danger"),
    ("My feet are killing me.", "danger"),
    ("Shoot me an email.", "danger"),
    ("Het dreigt te regenen.", "forced"),
    ("Ik ben bang dat ik haar nummer niet meer heb.", "forced"),
    ("Ik durf niet te zeggen hoeveel het er zijn.", "forced"),
    ("Ik durf niet met de lift.", "danger"),
    ("Ik krijg er bijna niks van mee.", "pay"),
    ("Ik krijg bijna niets te zien.", "pay"),
    ("Mijn hart bloedt.", "doctor"),
    ("Ik kom er niet uit.", "forced"),
]
"""What somebody says, and the fact of which it says nothing."""


def heard(told: str) -> dict[str, tuple[str, ...]]:
    """Return what the handbook hears in a sentence, by fact."""
    return {name: each.values for name, each in propose([told], (), den_haag()).items()}


@pytest.mark.parametrize(("told", "fact", "value"), HEARD)
def test_ordinary_words_are_heard(told: str, fact: str, value: str) -> None:
    assert heard(told).get(fact) == (value,)


@pytest.mark.parametrize(("told", "fact"), NOT_HEARD)
def test_what_is_denied_past_or_a_manner_of_speaking_is_not_heard(told: str, fact: str) -> None:
    assert fact not in heard(told)
