"""The rules that every pack keeps, whatever its region."""

from pathlib import Path

import pytest
from tests.kernel.handbook.test_loading import problems_in, replace


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "message"),
    [
        pytest.param(
            "routes.yaml",
            "may: [question, facts, dates, danger, place, area, person_description, person_name,",
            "may: [question, reporter_identity,",
            "acute",
            "'reporter_identity' mag nooit gedeeld worden",
            id="the reporter's identity is never shared",
        ),
        pytest.param(
            "routes.yaml",
            "may: [question, facts, dates, area, language, wish, need_for_care",
            "may: [question, person_description, area, language, wish, need_for_care",
            "adult_wish_unclear",
            "vragen gaat zonder gegevens van een persoon, dus zonder 'person_description'",
            id="asking shares nothing about a person",
        ),
        pytest.param(
            "routes.yaml",
            "minors_present, language, contact_method, vehicle, phone, possible_victim, need_for_care]",
            "minors_present, language, contact_method, vehicle, phone, possible_victim, care_or_benefits]",
            "acute",
            "'care_or_benefits' mag en mag niet",
            id="a part is allowed or not",
        ),
        pytest.param(
            "routes.yaml",
            "asks_residents_question: true",
            "asks_residents_question: false",
            "place_labour",
            "een route over een plaats moet de vraag over de bewoners stellen",
            id="a place route asks about the residents",
        ),
        pytest.param(
            "routes.yaml",
            'suspicion_only: true, acute: false, minor: ["no", unknown]',
            'suspicion_only: true, acute: false, minor: ["no", perhaps]',
            "suspicion_only",
            "wachten mag niet bij een minderjarige en niet bij direct gevaar",
            id="no holding with a minor",
        ),
        pytest.param(
            "routes.yaml",
            "suspicion_only: true, acute: false, minor:",
            "suspicion_only: true, minor:",
            "suspicion_only",
            "wachten mag niet bij een minderjarige en niet bij direct gevaar",
            id="no holding in danger",
        ),
        pytest.param(
            "routes.yaml",
            "  may: []",
            "  may: [facts]",
            "suspicion_only",
            "bij wachten wordt niets gedeeld",
            id="holding shares nothing",
        ),
        pytest.param(
            "routes.yaml",
            "bases: [avg_6_1_d, avg_6_1_e]",
            "bases: [avg_6_1_a]",
            "acute",
            "een gemeente kan 'avg_6_1_a' niet kiezen",
            id="consent is no basis of a municipality",
        ),
        pytest.param(
            "routes.yaml",
            "bases: [avg_6_1_d, avg_6_1_e]",
            "bases: [wams]",
            "acute",
            "een gemeente kan 'wams' niet kiezen",
            id="a law that is pending is no basis",
        ),
        pytest.param(
            "routes.yaml",
            "partners: [heit]",
            "partners: [riec]",
            "place_labour_joint_check",
            "'riec' is een samenwerkingsverband: inbrengen, niet doorzetten",
            id="a partnership is no recipient",
        ),
        pytest.param(
            "routes.yaml",
            "  partners: [riec]\n",
            "",
            "organised",
            "de route heeft geen ontvanger",
            id="a route has a recipient",
        ),
        pytest.param(
            "reasons.yaml",
            'en: "Sent by accident"}}\n'
            '  - {id: andere_reden, label: {nl: "Andere reden", en: "Other reason"}, asks_sentence: true}\n',
            'en: "Sent by accident"}}\n',
            "intake_close",
            "de laatste reden moet 'andere_reden' zijn en om een zin vragen",
            id="the last reason is another reason",
        ),
        pytest.param(
            "deadlines.yaml",
            "- id: weigh\n",
            "- id: wegen\n",
            "weigh",
            "deze regel is verplicht en ontbreekt",
            id="a term that the program needs",
        ),
        pytest.param(
            "facts.yaml",
            '- {id: acute.true, text: {nl: "Er is direct gevaar.", en: "There is immediate danger."}}\n',
            "",
            "acute.true",
            "route 'acute' gebruikt dit feit, maar de zin ontbreekt",
            id="every fact has its sentence",
        ),
        pytest.param(
            "indicators.yaml",
            "nl: Iemand anders bewaart het paspoort of de ID-kaart.",
            "nl: De persoon heeft een andere nationaliteit.",
            "ALG-01",
            "'nationaliteit' is nooit een signaal",
            id="origin is never an indicator",
        ),
        pytest.param(
            "places.yaml",
            '  name: "Gouda"\n  municipality: GM0513',
            '  name: "Gouda"\n  municipality: GM0484',
            "GM0513",
            "deze gemeente heeft geen plaats",
            id="a municipality can be found",
        ),
    ],
)
def test_a_broken_rule_is_named(
    folder: Path, file: str, old: str, new: str, entry: str, message: str
) -> None:
    replace(folder, file, old, new)
    found = [(one.entry, one.message) for one in problems_in(folder)]
    assert (entry, message) in found
