"""Five published cases in our own words: what is read in them, and what their plans must then have.

The form, the place and where that lies come from the report itself. All else is read, or is pressed: `said`.
"""

from dataclasses import dataclass, field

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.planning import facts_with, plan
from sluitend.kernel.handbook.reading import propose

type Given = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Published:
    """What was told, what is read in it, what a person adds with one press, and what the plan then has."""

    told: str
    form: str
    read: set[tuple[str, str]]
    has: set[str]
    today: set[str]
    said: Given = ()
    waits: set[str] = field(default_factory=set)
    """What is about the place: nothing of it goes before the people."""


PUBLISHED = {
    "many registrations at one grower": Published(
        told="Bij de balie staan veel mensen op één tuindersadres ingeschreven. Bij een bezoek waren er drie "
        "slaapplekken, slecht en brandgevaarlijk. De ondernemer heeft ook andere percelen.",
        form="arbeidsuitbuiting",
        read={
            ("danger", "soon"),
            ("people", "yes"),
            ("housing", "dangerous"),
            ("registrations", "yes"),
            ("organised", "places"),
            ("place_kind", "company"),
        },
        today={"care_advice", "others_beds", "fire_check", "urgent_stop", "ask_age"},
        has={
            *("brp_check", "housing_with_case", "landlord_order", "others_fairwork", "place_lookup"),
            *("environment_check", "work_joint", "place_others", "ask_force", "ask_name"),
        },
        waits={
            *("urgent_stop", "housing_with_case", "brp_check", "work_inspect"),
            *("environment_check", "work_joint"),
        },
    ),
    "the resident who did not dare to open": Published(
        told="Bij een controle was een bewoner zichtbaar bang. Hij belde eerst het uitzendbureau, dat "
        "niemand binnenliet. Het bureau heeft meer panden. Bewoners moeten extra betalen om zich in te "
        "schrijven.",
        form="arbeidsuitbuiting",
        read={
            ("forced", "perhaps"),
            ("people", "yes"),
            ("chain", "yes"),
            ("organised", "places"),
            ("registrations", "yes"),
            ("access", "refused"),
        },
        today={"care_advice", "ask_danger", "ask_age"},
        has={
            *("police_advice", "others_care", "place_others", "ask_investigation", "exploiter_police"),
            *("work_joint", "entry_prepare", "housing_with_case", "landlord_order", "brp_check"),
        },
        waits={
            *("work_inspect", "chain_inspect", "ask_investigation", "exploiter_police"),
            *("work_joint", "entry_prepare", "housing_with_case", "landlord_order", "brp_check"),
        },
    ),
    "the cook in the cold store": Published(
        told="Een kok slaapt in de keuken. Bij een controle moest hij in de koelcel wachten. Een andere kok "
        "heeft geen loon en geen slaapplek meer. Hij wil hulp.",
        form="arbeidsuitbuiting",
        read={
            ("form", "arbeidsuitbuiting"),
            ("wish", "yes"),
            ("forced", "perhaps"),
            ("people", "yes"),
            ("tonight", "nowhere"),
            ("housing", "bad"),
            ("pay", "underpaid"),
            ("danger", "soon"),
        },
        today={"care_refer", "bed_tonight", "ask_contact", "ask_name"},
        has={
            *("fairwork_person", "others_care", "others_fairwork", "ask_investigation"),
            *("work_joint", "others_beds", "housing_with_case", "landlord_order"),
        },
        waits={"work_inspect", "ask_investigation", "work_joint", "housing_with_case", "landlord_order"},
    ),
    "asleep among the laundry": Published(
        told="In een wasserij slapen acht mannen op planken in de stellingen. Zij verdienen veel te weinig "
        "en moeten gratis werken voor hun slaapplek. Er kwamen eerder anonieme meldingen.",
        form="arbeidsuitbuiting",
        read={
            ("forced", "perhaps"),
            ("people", "yes"),
            ("form", "arbeidsuitbuiting"),
            ("pay", "serious"),
            ("housing", "bad"),
            ("place_kind", "company"),
            ("organised", "reports"),
        },
        said=(("organised", "yes"),),
        today={"care_advice", "ask_danger"},
        has={
            *("riec_bring", "others_care", "fairwork_person", "police_advice", "place_lookup"),
            *("work_joint", "others_beds", "environment_check", "housing_with_case", "landlord_order"),
        },
        waits={
            *("work_inspect", "ask_investigation", "exploiter_police"),
            *("work_joint", "environment_check", "housing_with_case", "landlord_order"),
        },
    ),
    "the annexe of the hotel": Published(
        told="In het bijgebouw van een hotel komen steeds andere mannen bij één kamer. De vrouw is net "
        "achttien. Haar vriend dreigt een filmpje te laten zien als zij geen seks heeft.",
        form="seksuele_uitbuiting",
        read={
            ("form", "seksuele_uitbuiting"),
            ("forced", "yes"),
            ("place_kind", "hotel"),
            ("young_adult", "yes"),
            ("images", "yes"),
        },
        today={"care_advice", "police_advice", "images_down", "ask_age", "ask_danger"},
        has={
            *("hotel_talk", "night_register", "sex_police", "sex_joint", "ask_investigation"),
            *("exploitation_propose", "others_sex"),
        },
        waits={"sex_police", "sex_joint", "ask_investigation", "exploitation_propose"},
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_case_is_read_and_gets_the_partners_that_it_needed(name: str) -> None:
    one, pack = PUBLISHED[name], den_haag()
    read = {(fact, value) for fact, each in propose([one.told], (), pack).items() for value in each.values}
    assert read == one.read
    known = [("form", one.form), ("place", "known"), ("territory", "here")]
    made = plan(facts_with(pack, [*read, *known, *one.said]), pack)
    soon = {each.id for each in made.actions if each.urgency != "days"}
    assert one.today <= soon
    assert one.has <= set(made.by_id)
    assert {each for each in one.waits if made.by_id[each].locks} == one.waits


IN_OTHER_WORDS = (
    "Zij slapen in de loods.",
    "De mannen slapen in een schuur zonder licht.",
    "Er is geen verwarming.",
    "Twaalf mensen delen een bed met wie nachtdienst heeft.",
    "Hij slaapt in het magazijn.",
)


@pytest.mark.parametrize("told", IN_OTHER_WORDS)
def test_bad_housing_that_is_told_in_other_words_gets_its_barriers(told: str) -> None:
    pack = den_haag()
    read = [(fact, value) for fact, each in propose([told], (), pack).items() for value in each.values]
    made = plan(facts_with(pack, [*read, ("form", "arbeidsuitbuiting"), ("place", "known")]), pack)
    assert {"environment_check", "housing_with_case", "landlord_order", "others_beds"} <= set(made.by_id)


def test_a_house_in_order_gets_none_of_them() -> None:
    pack = den_haag()
    told = "De kok maakt soep in de keuken. Er staat een schuur achter het huis."
    assert "housing" not in propose([told], (), pack)


TOLD = {
    "a boy who carries parcels": (
        "Een jongen van 15 moet pakketjes wegbrengen. Vorige week pakte de politie hem op.",
        {("minor", "yes"), ("forced", "perhaps"), ("suspect", "yes"), ("form", "criminele_uitbuiting")},
    ),
    "a house of drugs, and nobody who was caught": ("Er is een huis met drugs in de kelder.", set()),
    "people who beg": (
        "Zij moeten alles afgeven en slapen met veel mensen in een huis.",
        {("forced", "perhaps"), ("people", "yes"), ("housing", "bad")},
    ),
    "a wife who may not go out": (
        "Zij mag niet alleen naar buiten. Haar man dreigt haar terug te sturen. Zij zwijgt als hij erbij is.",
        {("forced", "yes"), ("danger", "soon"), ("contact", "unsafe"), ("married", "married")},
    ),
    "a consultant is no consul": ("De Wmo-consulent en een consulent van school komen er.", set()),
    "an embassy": ("Zij werkt bij een diplomaat.", {("embassy", "yes")}),
    "afraid of being caught": ("De man is bang dat hij zelf wordt opgepakt.", set()),
    "a time is no age": ("Het is 15.40 uur als zij belt. Het was 16.15 uur toen hij kwam.", set()),
    "an age between brackets": ("Een leerlinge uit klas 4 (15, havo) komt niet meer.", {("minor", "yes")}),
    "a form that is sent back": ("De melder vroeg om het formulier terug te sturen.", set()),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_an_outsider_told_in_their_own_words_is_heard(name: str) -> None:
    told, expected = TOLD[name]
    read = {(fact, value) for fact, each in propose([told], (), den_haag()).items() for value in each.values}
    assert read == expected
