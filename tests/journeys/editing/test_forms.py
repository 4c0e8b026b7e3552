"""The form of every kind of entry: what it shows comes back as it was, and what is typed becomes an entry."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from pydantic import BaseModel
from tests.packs import den_haag

from sluitend.exports.choice_names import choice_name
from sluitend.journeys.editing.boxes import Box, Drawing
from sluitend.journeys.editing.filled import content_from
from sluitend.journeys.editing.lines import languages_of
from sluitend.journeys.editing.preview import preview
from sluitend.journeys.editing.shapes import Kind, Shape, shapes_of
from sluitend.journeys.editing.told import told
from sluitend.kernel.handbook.loading import kind_of, list_parts, read_entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The region's pack."""
    return den_haag()


def sent(boxes: tuple[Box, ...]) -> QueryDict:
    """What a browser sends of these boxes as they stand."""
    data = QueryDict(mutable=True)
    for name, value in _controls(boxes):
        data.appendlist(name, value)
    return data


def _controls(boxes: tuple[Box, ...]) -> Iterator[tuple[str, str]]:
    for box in boxes:
        if box.kind in (Kind.PIECE, Kind.PIECES, Kind.LANGUAGES):
            if box.kind is Kind.PIECES:
                yield f"{box.name}.count", str(box.count)
            yield from _controls((*box.boxes, *box.more))
        elif box.options or box.kind in (Kind.CHOICE, Kind.REFERENCE, Kind.CHOICES, Kind.REFERENCES):
            yield from ((box.name, option.value) for option in box.options if option.chosen)
            if box.value:
                yield f"{box.name}.more", box.value.replace("\n", "\r\n")
        else:
            yield box.name, box.value.replace("\n", "\r\n")


@pytest.mark.parametrize("part", list_parts())
def test_saving_an_entry_unchanged_changes_nothing(part: str, pack: Pack) -> None:
    for entry in getattr(pack, part):
        languages = languages_of(part, entry, pack)
        raw = plain(entry)
        boxes = Drawing(pack, languages).boxes(kind_of(part), raw)
        back = content_from(kind_of(part), sent(boxes), languages)
        if entry.reviewed:
            back["reviewed"] = raw["reviewed"]
        again, problems = read_entry(part, back)
        assert problems == (), (entry.id, problems)
        assert again == entry


def test_words_that_a_language_lacks_move_no_other_words_up(pack: Pack) -> None:
    """The second text has no English, and no Polish but in the last one."""
    goals = [
        {"nl": "Een", "en": "One"},
        {"nl": "Twee"},
        {"nl": "Drie", "en": "Three", "pl": "Trzy"},
    ]
    part, languages = "learning_goals", ("nl", "en", "pl")
    raw = plain(next(iter(pack.learning_goals))) | {"goals": goals}
    boxes = Drawing(pack, languages).boxes(kind_of(part), raw)
    assert content_from(kind_of(part), sent(boxes), languages)["goals"] == goals
    polish = next(each for box in boxes for each in box.more if each.name == "goals.pl")
    assert polish.in_lines == "\n\n\nTrzy"


def test_empty_lines_say_nothing_where_all_languages_have_as_many_texts() -> None:
    data = QueryDict(mutable=True)
    data.update({"goals.nl": "Een\r\n\r\nTwee", "goals.en": "One\r\nTwo\r\n"})
    content = content_from(kind_of("learning_goals"), data, ("nl", "en"))
    assert content["goals"] == [{"nl": "Een", "en": "One"}, {"nl": "Twee", "en": "Two"}]


@pytest.mark.parametrize("part", ["cards", "file_sections", "points", "reasons", "plan_samples"])
def test_the_largest_entry_can_grow_by_six_pieces_and_still_be_sent(part: str, pack: Pack) -> None:
    """Who sends more boxes than the server takes gets an error page, and loses what was typed."""
    entry = max(getattr(pack, part), key=lambda each: len(each.model_dump_json()))
    content = plain(entry)
    for name, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            content[name] = value + [value[-1]] * 6
    data = sent(Drawing(pack, languages_of(part, entry, pack)).boxes(kind_of(part), content))
    assert sum(len(values) for _name, values in data.lists()) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


@pytest.mark.parametrize("part", list_parts())
def test_an_empty_form_says_what_is_missing_and_never_fails(part: str) -> None:
    content = content_from(kind_of(part), QueryDict(), ("nl", "en"))
    entry, problems = read_entry(part, content)
    assert entry is None
    assert problems
    assert all(one.message and one.message_en for one in problems)


@pytest.mark.parametrize(
    "typed",
    [
        {"id": "x" * 5000, "name.nl": "<script>alert(1)</script>"},
        {"open.count": "999999999999"},
        {"open.count": "-1", "open.0.days": "maandag"},
        {"confirmed": "misschien", "number": "\x00", "hours.nl": "\ud7ff"},
        {"review_by": "31-02-2026", "valid_from": "gisteren"},
        {"source": "nergens", "source.more": "ook\nnergens"},
    ],
    ids=range(6),
)
def test_hostile_words_make_no_entry(typed: dict[str, str]) -> None:
    data = QueryDict(mutable=True)
    data.update(typed)
    entry, problems = read_entry("help_lines", content_from(kind_of("help_lines"), data, ("nl", "en")))
    assert entry is None
    assert problems


def test_every_field_of_every_kind_has_a_way_to_be_filled_in() -> None:
    for part in list_parts():
        shown = {shape.name for shape in shapes_of(kind_of(part))} | {"reviewed"}
        assert shown == set(kind_of(part).model_fields), part


@pytest.mark.parametrize("part", list_parts())
def test_what_the_rules_ask_of_every_entry_is_not_called_optional(part: str, pack: Pack) -> None:
    boxes = {box.name: box.required for box in Drawing(pack, ("nl", "en")).boxes(kind_of(part), {})}
    assert (boxes["source"], boxes["review_by"]) == (part != "references",) * 2
    assert not boxes["valid_until"]


def test_what_is_wrong_stands_at_its_field(pack: Pack) -> None:
    raw: dict[str, Any] = plain(pack.help_lines["112"])
    raw["hours"] = {}
    _entry, problems = read_entry("help_lines", raw)
    errors = {one.field: [one.message] for one in problems}
    boxes = Drawing(pack, ("nl", "en"), errors).boxes(kind_of("help_lines"), raw)
    wrong = [inner.name for box in boxes for inner in (box, *box.boxes) if inner.errors]
    assert wrong == ["hours.nl"]


def test_every_choice_has_a_name_for_people() -> None:
    unnamed = {
        (shape.name, value)
        for part in list_parts()
        for shape in _shapes(kind_of(part))
        for value in (*shape.choices, *(shape.refers.also if shape.refers else ()))
        if choice_name(shape.name, value) is None
    }
    assert unnamed == set()


def _shapes(model: type[BaseModel]) -> Iterator[Shape]:
    for shape in shapes_of(model):
        yield shape
        if shape.model:
            yield from _shapes(shape.model)


def test_an_entry_reads_in_names_and_not_in_ids(pack: Pack) -> None:
    signal = preview("indicators", plain(pack.indicators["ALG-16"]), pack)
    assert signal is not None
    said = {fact.name: fact.words for fact in signal.facts}
    assert said["vormen"] == "alle"
    assert said["gewicht"] == "gemiddeld"
    assert said["grond van het gewicht"] == "eigen inschatting"
    assert "Vergunningen" in said["rollen"]
    assert "_" not in " ".join(said.values())


def test_what_is_wrong_is_said_of_the_form_and_not_of_a_file() -> None:
    empty: dict[str, Any] = {"forms": []}
    _entry, problems = read_entry("indicators", {**empty, "strength": "loud", "confirmed": False})
    said = {problem.field: told(problem, {**empty, "strength": "loud"}) for problem in problems}
    assert said["label"] == "Nog niet ingevuld: Naam"
    assert said["forms"] == "Nog niet ingevuld: Vormen"
    assert said["strength"].startswith("Gewicht moet een van deze zijn")
    assert "aanhalingstekens" not in " ".join(said.values())


def test_a_problem_of_a_sheet_keeps_its_reason() -> None:
    _entry, (problem, *_rest) = read_entry("indicators", {"id": "X-1", "confirmed": False})
    assert "Nog niet ingevuld" not in told(problem)


@pytest.mark.parametrize(
    ("part", "field"),
    [
        *(("questions", "about"), ("partners", "kind"), ("registers", "family"), ("references", "read")),
        *(("public_texts", "audience"), ("reader_pages", "audience")),
    ],
)
def test_what_a_pack_says_by_a_fixed_word_reads_as_people_say_it(pack: Pack, part: str, field: str) -> None:
    said = {getattr(entry, field) for entry in getattr(pack, part)} - {None}
    assert said
    assert {str(value) for value in said if choice_name(field, str(value)) is None} == set()


def test_what_holds_as_long_as_nobody_says_is_shown_so(pack: Pack) -> None:
    line = plain(pack.help_lines["112"])
    assert "open_confirmed" not in line
    boxes = {box.name: box for box in Drawing(pack, ("nl", "en")).boxes(kind_of("help_lines"), line)}
    assert (boxes["open_confirmed"].value, boxes["open_confirmed"].required) == ("ja", True)
    line["open_confirmed"] = False
    boxes = {box.name: box for box in Drawing(pack, ("nl", "en")).boxes(kind_of("help_lines"), line)}
    assert boxes["open_confirmed"].value == "nee"
