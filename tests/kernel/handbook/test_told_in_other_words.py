"""What people tell in words of their own, and its neighbours that say no such thing."""

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.ages import ages_in
from sluitend.kernel.handbook.reading import propose

SAID = (
    ("Achter de kassen staan vier stapelbedden.", "place_kind", "company"),
    ("In de loods liggen matrassen langs de muur.", "place_kind", "company"),
    ("Er slapen mannen in de stal achter de boerderij.", "place_kind", "company"),
    ("Op een binnenvaartschip werken drie jongens.", "place_kind", "ship"),
    ("Zij slapen aan boord naast de machinekamer.", "place_kind", "ship"),
    ("Zij hebben nog geen cent gezien.", "pay", "serious"),
    ("Overdag knip ik in zijn zaak, zonder loon.", "pay", "serious"),
    ("Zij mogen de wal niet op.", "forced", "yes"),
    (
        "Zij mag pas ophouden als het bedrag rond is en niet stoppen voordat hij genoeg geld heeft.",
        "forced",
        "perhaps",
    ),
    ("Zij zei: niet de politie, dan sturen ze mij weg.", "may_know", "care"),
    ("Mevrouw is er altijd bij en die doet het woord.", "contact", "unsafe"),
    ("Belt u mij nooit.", "contact", "unsafe"),
    ("Wij hoorden een man op de achtergrond voorzeggen.", "contact", "unsafe"),
    ("Zaterdag is er een ticket voor haar.", "leaves", "abroad"),
    ("Donderdag gaan we los.", "leaves", "somewhere"),
    ("Hij begrijpt niet zo snel wat je bedoelt.", "plain_words", "yes"),
    ("Op het filmpje moest hij op zijn knieën sorry zeggen.", "images", "yes"),
    ("Die man weet waar zijn zusje naar school gaat.", "threat_other", "yes"),
    ("Zijn krukken zijn afgepakt.", "kept", "yes"),
    ("Er lag een stapel bankpasjes met elastiek erom.", "kept", "yes"),
    ("Zij zitten daar met een kartonnen bordje.", "form", "bedelen"),
    ("Er is bloed bij hem geprikt in een flat.", "form", "orgaanverwijdering"),
    ("Hij zei dat ik mijn knieën kwijt ben als ik nog eens kijk.", "danger", "soon"),
    ("Zeg niet dat het van mij komt, dan lig ik eruit.", "reporter_risk", "known"),
    ("Zij weet niet waar zij vannacht slaapt.", "tonight", "nowhere"),
    ("Ik wil weg.", "wish", "yes"),
)

NOT_SAID = (
    ("Achter de kassen staan auto's geparkeerd.", "place_kind"),
    ("Hij heeft een bed gekocht in een winkel in de stad.", "place_kind"),
    ("Het schip lag in de haven.", "place_kind"),
    ("Er zijn jongens en meiden van in de twintig.", "minor"),
    ("De mannen die het puin afhaalden, sliepen niet.", "place_kind"),
    ("Ik wil best meewerken, maar niet met naam.", "wish"),
    ("Wij willen graag meewerken.", "wish"),
    ("Waar ze slapen weet ik niet.", "tonight"),
    ("Ik weet niet waar ze slapen.", "tonight"),
    ("Zij hebben geen cent schade.", "pay"),
    ("De politie is hier niet geweest.", "may_know"),
    ("Bel mij gerust terug.", "contact"),
    ("Mevrouw deed het woord bij de opening.", "contact"),
    ("Zaterdag is er een feest.", "leaves"),
    ("Op het filmpje zie je een straat.", "images"),
    ("Ik weet waar zijn zusje werkt.", "threat_other"),
    ("Er lag een stapel post.", "kept"),
    ("Er is bloed geprikt bij de huisarts.", "form"),
    ("Hij zei dat ik mijn sleutels kwijt ben.", "danger"),
)

AGES = (
    ("jayden van 15, die niet meekomt", 15),
    ("hij en sem van 17 brengt de tasjes", 17),
    ("met fatima van 14, die niet naar buiten mag", 14),
    ("ahmed van 16 moet tasjes brengen", 16),
    ("ik ben 16 en ik moet mee", 16),
    ("een rekeninghoudster van 19 uit gouda", 19),
)

NO_AGES = (
    "een lading van 15, die gisteren kwam",
    "in een groep van 12, die zit daar",
    "de bus van 12, die rijdt niet",
    "het huis van 19 is leeg",
    "de nacht van 12 op 13",
    "voor bedragen van 15, dat is het hier",
    "met ploegen van 12, die gaan om beurten",
    "ik ben 15 minuten te laat",
    "met een loon van 12, dat krijgt hij",
)


@pytest.mark.parametrize(("words", "fact", "value"), SAID)
def test_it_is_heard(words: str, fact: str, value: str) -> None:
    heard = propose([words], [], den_haag()).get(fact)
    assert heard is not None
    assert heard.values == (value,)


@pytest.mark.parametrize(("words", "fact"), NOT_SAID)
def test_it_says_no_such_thing(words: str, fact: str) -> None:
    assert fact not in propose([words], [], den_haag())


@pytest.mark.parametrize(("sentence", "age"), AGES)
def test_the_age_of_who_is_named_or_speaks_is_read(sentence: str, age: int) -> None:
    assert list(ages_in(sentence)) == [age]


@pytest.mark.parametrize("sentence", NO_AGES)
def test_what_counts_things_or_time_is_no_age(sentence: str) -> None:
    assert list(ages_in(sentence)) == []
