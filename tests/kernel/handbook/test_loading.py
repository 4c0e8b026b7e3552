"""A pack with mistakes is refused, and each mistake is named: file, entry and what is wrong."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem
from sluitend.kernel.handbook.yaml_reading import UnreadableYaml, read_yaml


def problems_in(folder: Path) -> tuple[PackProblem, ...]:
    """Load a pack that must be refused, and return what was wrong. Each mistake comes with a remedy."""
    with pytest.raises(PackInvalid) as caught:
        load_pack(folder)
    assert all(problem.remedy and problem.remedy_en for problem in caught.value.problems)
    return caught.value.problems


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Change the first place in a file where `old` stands."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_pack_of_the_region_is_good(folder: Path) -> None:
    pack = load_pack(folder)
    assert pack.description.id == "eenheid-den-haag"
    counts = (
        pack.indicators,
        pack.forms,
        pack.roles,
        pack.partners,
        pack.municipalities,
        pack.feedback_codes,
    )
    assert [len(entries) for entries in counts] == [120, 9, 24, 23, 27, 14]


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "message"),
    [
        pytest.param(
            "departments.yaml",
            "  handles: Vragen over een uitkering",
            "  kleur: rood\n  handles: Vragen over een uitkering",
            "werk_inkomen",
            "'kleur' is een onbekende sleutel",
            id="unknown key",
        ),
        pytest.param(
            "departments.yaml",
            "  handles: Vragen over een uitkering of toeslag.\n",
            "",
            "werk_inkomen",
            "'handles' ontbreekt",
            id="missing key",
        ),
        pytest.param(
            "plan_actions.yaml",
            "answer_days: 0",
            "answer_days: nul",
            "danger_police",
            "'answer_days' moet een heel getal zijn",
            id="wrong type",
        ),
        pytest.param(
            "bases.yaml",
            "confirmed: true",
            'confirmed: "ja"',
            "avg_6_1_e",
            "'confirmed' moet true of false zijn",
            id="text where true or false must be",
        ),
        pytest.param(
            "plan_events.yaml",
            "step: today",
            "step: ooit",
            "danger_soon_learned",
            "'step' moet een van deze zijn: 'now', 'today' of 'days'",
            id="unknown choice",
        ),
        pytest.param(
            "bases.yaml",
            "valid_from: 2025-03-01",
            "valid_from: 1 maart",
            "wgs",
            "'valid_from' moet een datum zijn (2026-11-25)",
            id="no date",
        ),
        pytest.param(
            "parts.yaml",
            "- id: dates\n",
            "- id: facts\n",
            "facts",
            "deze id staat er twee keer",
            id="doubled id",
        ),
        pytest.param(
            "plan_parties.yaml",
            "partner: nidos",
            "partner: nidas",
            "nidos",
            "'partner' verwijst naar 'nidas', maar dat bestaat niet",
            id="unknown partner",
        ),
        pytest.param(
            "plan_shares.yaml",
            "{part: person_name,",
            "{part: care_map,",
            "nothing",
            "'may_not.part' verwijst naar 'care_map', maar dat bestaat niet",
            id="unknown part inside a piece",
        ),
        pytest.param(
            "indicators.yaml",
            "category: documenten",
            "category: archief",
            "ALG-01",
            "'category' verwijst naar 'archief', maar dat bestaat niet",
            id="unknown category",
        ),
        pytest.param(
            "categories.yaml",
            "    en: Work\n",
            "",
            "werk",
            "'label': de Engelse tekst ontbreekt",
            id="reporter's text without English",
        ),
        pytest.param(
            "categories.yaml",
            "    nl: Werk\n",
            "",
            "werk",
            "'label': de Nederlandse tekst ontbreekt",
            id="text without Dutch",
        ),
        pytest.param(
            "sectors.yaml",
            "nl: (Glas)tuinbouw",
            "nl: (Glas)\u202ewuobniut",
            "glastuinbouw",
            "'label': in de tekst in 'nl' staat een onzichtbaar teken",
            id="an override of direction",
        ),
        pytest.param(
            "sectors.yaml",
            "nl: (Glas)tuinbouw",
            f"nl: {'tuin' * 501}",
            "glastuinbouw",
            "'label': de tekst in 'nl' is langer dan 2000 tekens",
            id="a text that nobody reads",
        ),
        pytest.param(
            "retention.yaml",
            "months: 3",
            "months: 3\n  days: 90",
            "not_ours",
            "'regel': geef months of days, niet allebei",
            id="two measures",
        ),
    ],
)
def test_a_mistake_is_named(folder: Path, file: str, old: str, new: str, entry: str, message: str) -> None:
    replace(folder, file, old, new)
    found = [(one.file, one.entry, one.message) for one in problems_in(folder)]
    assert (file, entry, message) in found


def test_all_problems_come_at_once(folder: Path) -> None:
    replace(folder, "categories.yaml", "    en: Work\n", "")
    replace(folder, "plan_events.yaml", "step: today", "step: ooit")
    (folder / "marks.yaml").unlink()
    assert {one.file for one in problems_in(folder)} == {"categories.yaml", "plan_events.yaml", "marks.yaml"}


def test_a_broken_entry_is_not_reported_again_by_those_that_refer_to_it(folder: Path) -> None:
    replace(folder, "categories.yaml", "    en: Work\n", "")
    assert [one.file for one in problems_in(folder)] == ["categories.yaml"]


def test_a_problem_says_it_in_english_too(folder: Path) -> None:
    replace(folder, "categories.yaml", "    en: Work\n", "")
    (problem,) = problems_in(folder)
    assert problem.message_en == "'label': the English text is missing"
    assert (
        str(problem)
        == "categories.yaml, werk: 'label': de Engelse tekst ontbreekt. Doe: schrijf de tekst bij 'en'."
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda path: path.unlink(), "het bestand ontbreekt", id="absent"),
        pytest.param(
            lambda path: path.write_text("- id: a\n  label: [open\n- id: b\n"),
            "regel 3: geen geldige YAML (did not find expected ',' or ']')",
            id="bad YAML with its line",
        ),
        pytest.param(
            lambda path: path.write_text("een: twee\n"), "het bestand moet een lijst zijn", id="mapping"
        ),
        pytest.param(
            lambda path: path.write_text("#" * 2_200_000), "het bestand is groter dan 2 MB", id="huge"
        ),
        pytest.param(
            lambda path: path.write_bytes(b"\xff\xfe\xff"), "het bestand is geen UTF-8", id="not UTF-8"
        ),
        pytest.param(
            lambda path: path.write_text("- &a [x, x]\n- [*a, *a]\n"),
            "regel 1: verwijzingen met & en * mogen niet",
            id="aliases",
        ),
        pytest.param(lambda path: path.write_text("[" * 50 + "]" * 50), "regel 1: te diep genest", id="deep"),
        pytest.param(
            lambda path: path.write_text("- id: a\n  id: b\n"),
            "regel 2: 'id' staat er twee keer",
            id="doubled key",
        ),
        pytest.param(
            lambda path: path.write_text("- id: !!python/object/apply:os.getcwd []\n"),
            "regel 1: tags met ! mogen niet",
            id="tag that would run code",
        ),
        pytest.param(
            lambda path: path.write_text("- ? [a, b]\n  : c\n"),
            "regel 1: een sleutel is één woord",
            id="list as key",
        ),
        pytest.param(
            lambda path: path.write_text(f"- {'9' * 5000}\n"), "geen geldige YAML", id="huge number"
        ),
        pytest.param(
            lambda path: (path.unlink(), path.mkdir()), "dit is geen leesbaar bestand", id="a folder"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    folder: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(folder / "purposes.yaml")
    assert ("purposes.yaml", message) in [(one.file, one.message) for one in problems_in(folder)]


@given(text=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_or_refused_but_never_an_accident(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(UnreadableYaml):
        read_yaml(path)


def test_a_file_with_a_name_that_is_no_part_of_a_pack_is_noticed(folder: Path) -> None:
    (folder / "route.yaml").write_text("[]")
    assert [(one.file, one.message) for one in problems_in(folder)] == [
        ("route.yaml", "dit bestand hoort niet in een pakket")
    ]


def test_words_that_yaml_1_1_takes_for_booleans_stay_words(folder: Path) -> None:
    replace(folder, "roles.yaml", "meldcode: 'no'", "meldcode: no")
    assert load_pack(folder).roles["brp"].meldcode == "no"


def test_an_answer_that_opens_what_no_code_knows_is_refused(folder: Path) -> None:
    replace(folder, "feedback.yaml", "  opens: wait_request\n", "  opens: feestje\n")
    (problem,) = problems_in(folder)
    assert (problem.file, problem.entry) == ("feedback.yaml", "wacht")
    assert "'opens'" in problem.message
    assert "wait_request" in problem.remedy


@pytest.mark.parametrize("number", [".nan", ".inf", f"0x{'f' * 5000}"], ids=["none", "endless", "long"])
def test_what_is_no_number_is_refused_by_the_name_of_its_entry(folder: Path, number: str) -> None:
    """YAML knows such numbers. No database keeps them, so that publishing would end in an error."""
    replace(folder, "figures.yaml", "value: 1711", f"value: {number}")
    assert {problem.entry for problem in problems_in(folder)} == {"f01"}
