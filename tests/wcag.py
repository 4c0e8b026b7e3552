"""`docs/wcag.md`: each criterion of WCAG 2.2 A and AA with the tests that hold it (`make wcag`).

What no test holds is said as it is. A test is named here by its file and name; `tests/test_wcag.py` looks
whether it is there, and whether the document is that of today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "wcag.md"

BROWSER = "tests/browser/"
DESK = f"{BROWSER}test_every_page.py::test_every_page_of_the_desk"
PUBLIC = f"{BROWSER}test_every_page.py::test_every_page_without_an_account"
HELP = f"{BROWSER}test_helping.py::test_every_page_is_for_everybody"
TOOLS = f"{BROWSER}test_tools.py::"
NONE = "tests/test_wcag.py::test_no_page_moves_sounds_or_asks_for_a_gesture"
WORDS = "tests/test_translations.py::"
WRONG = f"{BROWSER}test_boundaries.py::test_nothing_filled_in"
KEYS = f"{BROWSER}test_desk.py::test_single_keys_can_be_switched_off"
LOOKED = (DESK, PUBLIC, HELP)
"""Every page that each role reaches, looked at by axe-core, at the widths and in the themes of `look`."""


@dataclass(frozen=True)
class Criterion:
    """A criterion, the tests that fail without it, and what of it they do not see.

    `beyond` is empty where the tests see all of it. Without tests it is met by nobody's word yet.
    """

    name: str
    level: str
    tests: tuple[str, ...] = ()
    beyond: str = ""
    absent: bool = False
    """Whether there is nothing on any page that it is about; the test looks for that."""

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.absent:
            return "nothing it is about"
        if not self.tests:
            return "not yet"
        return "partly" if self.beyond else "tested"


def _none(name: str, level: str = "A") -> Criterion:
    return Criterion(name, level, (NONE,), absent=True)


CRITERIA: Mapping[str, Criterion] = {
    "1.1.1": Criterion(
        "Non-text content",
        "A",
        (*LOOKED, f"{TOOLS}test_axe_sees_a_picture_without_words_under_the_content_policy"),
    ),
    "1.2.1": _none("Audio-only and video-only"),
    "1.2.2": _none("Captions (prerecorded)"),
    "1.2.3": _none("Audio description or alternative"),
    "1.2.4": _none("Captions (live)", "AA"),
    "1.2.5": _none("Audio description", "AA"),
    "1.3.1": Criterion(
        "Info and relationships", "A", LOOKED, "nobody listened to every page with a screen reader"
    ),
    "1.3.2": Criterion(
        "Meaningful sequence", "A", beyond="read from the templates; no test compares the order"
    ),
    "1.3.3": Criterion("Sensory characteristics", "A", beyond="read by people, see reading.md"),
    "1.3.4": Criterion("Orientation", "AA", beyond="no style asks for one; no test turns a phone"),
    "1.3.5": Criterion("Identify input purpose", "AA", LOOKED, "that a field has a purpose at all is read"),
    "1.4.1": Criterion(
        "Use of colour", "A", LOOKED, "axe sees links; icon and word beside a colour are read"
    ),
    "1.4.2": _none("Audio control"),
    "1.4.3": Criterion(
        "Contrast (minimum)",
        "AA",
        (
            *LOOKED,
            f"{TOOLS}test_axe_sees_faint_letters_in_the_dark_only",
            "tests/surfaces/test_style.py::test_what_nobody_confirmed_is_read_and_its_mark_is_seen_in_the_dark_too",
            "tests/kernel/organisations/test_palette.py::test_what_cannot_be_read_comes_with_one_like_it_that_can",
        ),
    ),
    "1.4.4": Criterion(
        "Resize text", "AA", LOOKED, "320 pixels wide is 400 % of 1280; text alone was not enlarged"
    ),
    "1.4.5": Criterion(
        "Images of text", "AA", beyond="there are none but marks of organisations; read, not tested"
    ),
    "1.4.10": Criterion(
        "Reflow",
        "AA",
        (*LOOKED, f"{TOOLS}test_a_page_wider_than_its_window_is_seen"),
        "the matrix is excepted",
    ),
    "1.4.11": Criterion(
        "Non-text contrast",
        "AA",
        (
            "tests/surfaces/test_style.py::test_what_nobody_confirmed_is_read_and_its_mark_is_seen_in_the_dark_too",
        ),
        "other edges and the focus ring were computed once, see accessibility.md",
    ),
    "1.4.12": Criterion("Text spacing", "AA", LOOKED),
    "1.4.13": Criterion(
        "Content on hover or focus", "AA", beyond="nothing appears so but titles of the browser; read"
    ),
    "2.1.1": Criterion(
        "Keyboard",
        "A",
        (f"{BROWSER}test_concepts.py::test_a_word_opens_with_the_keyboard",),
        "the main job was not walked with keys alone",
    ),
    "2.1.2": Criterion("No keyboard trap", "A", beyond="only elements of the browser take focus; not walked"),
    "2.1.4": Criterion("Character key shortcuts", "A", (KEYS,)),
    "2.2.1": Criterion(
        "Timing adjustable",
        "A",
        (f"{BROWSER}test_desk.py::test_a_session_that_ends_keeps_what_was_typed",),
        "that the dialog two minutes before offers more time is read",
    ),
    "2.2.2": _none("Pause, stop, hide"),
    "2.3.1": _none("Three flashes"),
    "2.4.1": Criterion("Bypass blocks", "A", LOOKED),
    "2.4.2": Criterion("Page titled", "A", LOOKED, "that a title says what the page is, is read"),
    "2.4.3": Criterion("Focus order", "A", (WRONG,), "after an error alone; the rest was not walked"),
    "2.4.4": Criterion(
        "Link purpose", "A", LOOKED, "that there is a name is tested, that it says enough is read"
    ),
    "2.4.5": Criterion(
        "Multiple ways",
        "AA",
        ("tests/surfaces/handbook/test_newcomers.py::test_a_newcomer_finds_the_answer_within_two_presses",),
        "of the handbook; the desk has its menu and search",
    ),
    "2.4.6": Criterion("Headings and labels", "AA", LOOKED, "that they describe is read"),
    "2.4.7": Criterion(
        "Focus visible", "AA", beyond="one rule for all; its contrast was computed, no test looks"
    ),
    "2.4.11": Criterion(
        "Focus not obscured", "AA", beyond="the bars leave room by scroll-padding; no test looks"
    ),
    "2.5.1": _none("Pointer gestures"),
    "2.5.2": Criterion(
        "Pointer cancellation", "A", beyond="buttons and links of the browser; no test presses half"
    ),
    "2.5.3": Criterion("Label in name", "A", beyond="hidden words stand after those that are seen; read"),
    "2.5.4": _none("Motion actuation"),
    "2.5.7": _none("Dragging movements", "AA"),
    "2.5.8": Criterion(
        "Target size",
        "AA",
        (*LOOKED, f"{TOOLS}test_a_quick_look_sees_what_is_small_twice_or_wider_than_the_window"),
    ),
    "3.1.1": Criterion(
        "Language of page", "A", (*LOOKED, f"{BROWSER}test_every_page.py::test_every_page_in_english")
    ),
    "3.1.2": Criterion(
        "Language of parts", "AA", LOOKED, "that a code is valid; that it is the right one is read"
    ),
    "3.2.1": Criterion("On focus", "A", beyond="nothing happens on focus; read"),
    "3.2.2": Criterion("On input", "A", beyond="nothing is sent on input but drafts; read"),
    "3.2.3": Criterion(
        "Consistent navigation",
        "AA",
        (f"{BROWSER}test_desk.py::test_on_a_desk_the_menu_stands_beside_the_page",),
        "that it is one list on every page is read",
    ),
    "3.2.4": Criterion("Consistent identification", "AA", beyond="one component for each; read"),
    "3.2.6": Criterion("Consistent help", "A", beyond="the manual stands last in the menu; read"),
    "3.3.1": Criterion("Error identification", "A", (WRONG,)),
    "3.3.2": Criterion("Labels or instructions", "A", LOOKED),
    "3.3.3": Criterion(
        "Error suggestion",
        "AA",
        (f"{BROWSER}test_boundaries.py::test_a_day_that_cannot_be",),
        "of days; other fields are read",
    ),
    "3.3.4": Criterion(
        "Error prevention",
        "AA",
        (f"{BROWSER}test_leaving.py::test_each_marked_word_is_looked_at_before_anything_goes",),
        "of what goes to a partner; other pages by their own tests",
    ),
    "3.3.7": Criterion(
        "Redundant entry",
        "A",
        (f"{BROWSER}test_typing.py::test_what_was_typed_stands_there_again_and_can_be_begun_anew",),
    ),
    "3.3.8": Criterion(
        "Accessible authentication",
        "AA",
        ("tests/surfaces/desk/test_sign_in.py::test_passkeys_are_bound_to_the_configured_name",),
        "that a passkey asks for nothing to remember is read",
    ),
    "4.1.2": Criterion("Name, role, value", "A", LOOKED),
    "4.1.3": Criterion(
        "Status messages",
        "AA",
        (
            f"{BROWSER}test_connection.py::test_a_report_without_a_connection_says_so_and_goes_when_it_is_back",
        ),
        "that a screen reader says each was not listened to",
    ),
}
"""The 55 criteria of levels A and AA, by number."""
AMOUNT = {"A": 31, "AA": 24}


INTRODUCTION = """\
# WCAG 2.2 A and AA, from the tests

Written by `make wcag` from [tests/wcag.py](../tests/wcag.py); change it there. What was done by hand stands
in [accessibility.md](accessibility.md). This is no accessibility statement: each municipality publishes one
about its own installation, after somebody independent looked. **tested**: a test fails without it.
**partly**: the tests see it but for what the last column names. **not yet**: no test sees it.

Of {all} criteria {tested} are tested, {partly} partly and {not_yet} not yet; of {nothing} a test holds that
there is nothing on any page that they are about.
"""


def document() -> str:
    """Return the document in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    states = [each.state for each in CRITERIA.values()]
    yield INTRODUCTION.format(
        all=len(states),
        tested=states.count("tested"),
        partly=states.count("partly"),
        not_yet=states.count("not yet"),
        nothing=states.count("nothing it is about"),
    )
    yield "| criterion | level | state | held by | not seen by a test |"
    yield "|---|---|---|---|---|"
    for number, each in CRITERIA.items():
        held = ", ".join(f"`{test.removeprefix('tests/')}`" for test in each.tests)
        yield f"| {number} {each.name} | {each.level} | {each.state} | {held} | {each.beyond} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
