"""The rules that every pack keeps, whatever its region."""

import json
from itertools import islice
from pathlib import Path

import pytest
from tests.kernel.handbook.test_loading import problems_in, replace

from sluitend.kernel.handbook.checks_of_words import word_findings
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.origins import (
    GROUP_BEGINNINGS,
    GROUP_WORDS,
    group_in_words,
    origin_in_id,
    origin_in_words,
)
from sluitend.kernel.handbook.pack import Pack


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "message"),
    [
        pytest.param(
            "plan_tasks.yaml",
            "bases: [avg_6_1_d, avg_6_1_e, avg_9_10]",
            "bases: [avg_6_1_a]",
            "danger",
            "een gemeente kan 'avg_6_1_a' niet kiezen",
            id="consent is no basis of a municipality",
        ),
        pytest.param(
            "plan_tasks.yaml",
            "bases: [avg_6_1_d, avg_6_1_e, avg_9_10]",
            "bases: [wams]",
            "danger",
            "een gemeente kan 'wams' niet kiezen",
            id="a law that is pending is no basis",
        ),
        pytest.param(
            "moments.yaml",
            "nl: Wie heeft het paspoort in handen?",
            "nl: Kijk of het een Bulgaar is. Wie heeft het paspoort in handen?",
            "brp_eerste",
            "'bulgaar' is nooit een signaal",
            id="nobody is told to look at origin",
        ),
        pytest.param(
            "self_check.yaml",
            'nl: "Dwingt iemand',
            'nl: "Bent u moslim? Dwingt iemand',
            "z6",
            "'moslim' is nooit een signaal",
            id="nobody is asked for a religion",
        ),
        pytest.param(
            "advice_themes.yaml",
            "  review_by: 2027-11-25\n",
            "",
            "doubt",
            "er staat niet wanneer iemand opnieuw kijkt",
            id="nothing is forgotten for good",
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
            "deadlines.yaml",
            "- id: request_returned\n",
            "- id: request_came_back\n",
            "request_returned",
            "deze regel is verplicht en ontbreekt",
            id="a step has a term",
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
            "indicators.yaml",
            "en: Somebody else keeps the passport or ID card.",
            "en: The person is Polish.",
            "ALG-01",
            "'polish' is nooit een signaal",
            id="nationality is never an indicator, in English either",
        ),
        pytest.param(
            "marks.yaml",
            'nl: "Slapen op het werk"',
            'nl: "Bulgaarse mannen in een busje"',
            "sleeps_at_work",
            "'bulgaarse' is nooit een signaal",
            id="a quick observation is an indicator too",
        ),
        pytest.param(
            "questions.yaml",
            "- id: vehicle\n",
            "- id: poolse_bus\n",
            "poolse_bus",
            "de id 'poolse_bus' noemt 'poolse'",
            id="no id names a people",
        ),
        pytest.param(
            "reasons.yaml",
            "{id: double, label:",
            "{id: same_religion, label:",
            "intake_close",
            "de id 'same_religion' noemt 'religion'",
            id="no id inside an entry names a religion",
        ),
        pytest.param(
            "marks.yaml",
            "  source: [eigen]\n",
            "",
            "sleeps_at_work",
            "de bron ontbreekt",
            id="an entry has a source",
        ),
        pytest.param(
            "marks.yaml",
            "  confirmed: true\n",
            "",
            "sleeps_at_work",
            "er staat niet of dit bevestigd is",
            id="an entry says if it is confirmed",
        ),
        pytest.param(
            "indicators.yaml",
            "  innocent: null\n",
            "",
            "ALG-06",
            "'innocent' ontbreekt",
            id="that nothing innocent explains it is written out",
        ),
        pytest.param(
            "blocks.yaml",
            "instead: r21",
            "instead: r8",
            "BLK-VERBLIJF",
            "'r8' staat in de plaats, maar is zelf niet te zien",
            id="what stands in for a blocked text can be read",
        ),
        pytest.param(
            "public_texts.yaml",
            "  legal: true\n  blocked_by: BLK-VERBLIJF\n",
            "  blocked_by: BLK-VERBLIJF\n",
            "r8",
            "een geblokkeerde tekst gaat over recht of verblijf",
            id="a blocked text is a legal one",
        ),
        pytest.param(
            "visits.yaml",
            "- id: permit",
            "- id: feest",
            "feest",
            "deze soort kent het programma niet",
            id="what is planned is of a kind that there is",
        ),
        pytest.param(
            "visits.yaml",
            "- id: permit",
            "- id: feest",
            "permit",
            "van deze soort is niets gezegd",
            id="who says it of one kind says it of all",
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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("<script>alert(1)</script>", "in de tekst staat HTML"),
        ("&lt;img src=x onerror=alert(1)&gt;", "in de tekst staat HTML"),
        ("Kijk <a href='/'>hier</a>", "in de tekst staat HTML"),
        ("Zie ![kaart](https://elders.example/kaart.png)", "in de tekst staat een plaatje van elders"),
        ("[Klik](javascript:alert(1))", "in de tekst staat een link die iets uitvoert"),
        ("[Klik](java\u200bscript&#58;alert(1))", "in de tekst staat een link die iets uitvoert"),
        ("[Klik](data:text/html,hoi)", "in de tekst staat een link die iets uitvoert"),
    ],
)
@pytest.mark.parametrize("file", ["marks.yaml", "talen/xx.yaml"])
def test_a_text_is_only_text(folder: Path, words: str, message: str, file: str) -> None:
    if file == "marks.yaml":
        replace(folder, file, '"Slapen op het werk"', json.dumps(words))
    else:
        (folder / "talen").mkdir(exist_ok=True)
        (folder / file).write_text(json.dumps({"marks": {"sleeps_at_work": {"label": words}}}))
    found = {(one.file, one.entry, one.message) for one in problems_in(folder)}
    assert ("marks.yaml", "sleeps_at_work", message) in found


@pytest.mark.parametrize(
    "words",
    [
        "Minder dan < 10 mensen",
        "Leeftijd 5<6",
        "Vraag naar data: dag en uur",
        "Let op! [zie de kaart]",
        "A & B",
    ],
)
def test_a_sign_of_less_than_or_the_word_data_is_text(folder: Path, words: str) -> None:
    replace(folder, "marks.yaml", '"Slapen op het werk"', json.dumps(words))
    load_pack(folder)


@pytest.mark.parametrize(
    "words",
    [
        "Iemand is ongeloofwaardig.",
        "Nagels worden gedaan zonder rekening.",
        "People polish nails all day.",
        "Er is een zwembad bij het huis.",
        "De service is slecht.",
        "Er is racisme op het werk.",
        "In de kast staat een servies.",
    ],
)
def test_a_word_that_only_looks_like_origin_is_allowed(words: str) -> None:
    assert origin_in_words(words) is None


SIGNS = {
    "indicators": ("label",),
    "marks": ("label",),
    "categories": ("label",),
    "moments": ("look_at", "ask"),
    "questions": ("text",),
    "self_check": ("text",),
    "cards": ("text",),
}
NAMES = {"risk_groups": "label", "sectors": "label", "branches": "label", "moments": "label"}


def saying(pack: Pack, fields: dict[str, tuple[str, ...]], words: str) -> Pack:
    """Return the pack with these words in these fields of the first entry of each list."""
    changed = {}
    for part, names in fields.items():
        first, *others = getattr(pack, part)
        said = first.model_copy(update={name: Text({"nl": words, "en": words}) for name in names})
        changed[part] = type(getattr(pack, part)).model_construct((said, *others))
    return pack.model_copy(update=changed)


@pytest.mark.parametrize("word", f"{GROUP_BEGINNINGS}|{GROUP_WORDS}".split("|"))
def test_a_word_for_what_somebody_is_stands_in_no_sign(pack: Pack, word: str) -> None:
    said = saying(pack, SIGNS, f"Iemand, {word.upper()}, loopt weg.")
    fields = {(part, f"{field}.{code}") for part in SIGNS for field in SIGNS[part] for code in ("nl", "en")}
    refused = list(islice(word_findings(said), len(fields)))
    assert {(one.part, one.field) for one in refused} == fields
    assert all("is nooit een signaal" in one.wrong[0] for one in refused)


def test_whom_or_what_one_goes_to_may_be_called_by_its_name(pack: Pack) -> None:
    said = saying(
        pack, {part: (field,) for part, field in NAMES.items()}, "Zorg voor mensen met een beperking"
    )
    assert not list(word_findings(said))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Een LHBTIQ+ jongere krijgt geld", "lhbtiq"),
        ("A lesbian couple", "lesbian"),
        ("Iemand met een licht verstandelijke beperking", "verstandelijke"),
        ("Mensen met een beperking bedelen", "beperking"),
        ("People with disabilities beg", "disabilities"),
        ("Een jonge asielzoeker verdwijnt", "asielzoeker"),
        ("The man is undocumented", "undocumented"),
        ("Mensen zonder papieren slapen er", "zonder papieren"),
    ],
)
def test_a_word_for_a_group_is_found(words: str, named: str) -> None:
    assert group_in_words(words) == named


@pytest.mark.parametrize(
    "words",
    [
        "De baas houdt de verblijfsvergunning.",
        "De baas dreigt met de vreemdelingenpolitie.",
        "Somebody says: I will report you to immigration.",
        "Net ontslagen, geen papieren, een schuld bij de baas.",
        "Het transport en de vertaling gaan via dezelfde baas.",
        "Illegaal werk in een schuur",
        "The blinds are always closed.",
        "De groep is heterogeen en de tijd beperkt.",
    ],
)
def test_what_somebody_does_or_goes_through_is_free(words: str) -> None:
    assert group_in_words(words) is None


@pytest.mark.parametrize("entry_id", ["hollands_midden", "leger_des_heils", "ALG-01", "land_line", "fw-bg"])
def test_an_id_without_origin_is_allowed(entry_id: str) -> None:
    assert origin_in_id(entry_id) is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Poolse werknemers", "poolse"),
        ("Roemenen in een woning", "roemenen"),
        ("De persoon komt uit een Afrikaans land", "afrikaans"),
        ("A Vietnamese nail salon", "vietnamese"),
        ("De vrouw draagt een hoofddoek", "hoofddoek"),
        ("Een man met een donkere huid", "donkere huid"),
        ("Country of birth is unknown", "country of"),
    ],
)
def test_a_word_of_origin_is_found(words: str, named: str) -> None:
    assert origin_in_words(words) == named


def test_a_problem_says_where_what_and_what_to_do_in_both_languages(folder: Path) -> None:
    replace(folder, "marks.yaml", "  source: [eigen]\n", "")
    (problem,) = problems_in(folder)
    assert str(problem) == (
        "marks.yaml, sleeps_at_work, source: de bron ontbreekt. "
        "Doe: zet in 'source' een id uit references.yaml, of 'eigen' voor eigen woorden."
    )
    assert problem.in_english() == (
        "marks.yaml, sleeps_at_work, source: the source is missing. "
        "Do: put in 'source' an id of references.yaml, or 'eigen' for own words."
    )


def test_a_missing_explanation_says_that_none_is_an_answer(folder: Path) -> None:
    replace(folder, "indicators.yaml", "  innocent: null\n", "")
    (problem,) = problems_in(folder)
    assert problem.remedy == "schrijf de onschuldige uitleg, of 'innocent: null' als er geen is"


def test_a_wrong_choice_is_answered_with_the_right_ones(folder: Path) -> None:
    replace(folder, "roles.yaml", "meldcode: 'no'", "meldcode: never")
    (problem,) = problems_in(folder)
    assert problem.field == "meldcode"
    assert problem.remedy == "kies een van deze: 'yes', 'check' of 'no'"
    assert problem.remedy_en == "choose one of these: 'yes', 'check' or 'no'"
