"""A care file to take along to the organisation's own system, and what is counted without a name."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import THREE
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.ending import age_in_words
from sluitend.journeys.care_files.queries.reading import Opened, no_counting, opened, person_rows
from sluitend.journeys.care_files.queries.whole import whole_facts
from sluitend.journeys.care_files.saying import in_words, message
from sluitend.journeys.care_files.whole import Whole
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.downloads import FileContent
from sluitend.kernel.sheet import Line, Receipt, as_pdf

STATUS = {CareFile.State.AFTERCARE: "FollowUp", CareFile.State.CLOSED: "Closed"}
HANDED_OVER = "handed_over"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet begins a formula."""


@in_dutch()
def take(code: str, form: str, actor: Actor) -> FileContent:
    """Return a care file in one form, logged.

    Args:
        form: of `FORMS`.

    Raises:
        Absent: there is no such file here, or no such form.
        DomainError: the person did not say yes to counting.
    """
    make = FORMS.get(form)
    if make is None:
        raise Absent
    found, pack = opened(code, actor, CARE_FILE_EXPORT, purpose=form), current_release().pack
    if form in COUNTING and (refusal := no_counting(found.consents, pack)):
        raise DomainError(refusal)
    media_type, ending = TYPES[form]
    return FileContent(f"{code}.{ending}", media_type, make(found, pack))


def _facts(found: Opened, pack: Pack) -> list[tuple[str, str]]:
    row, contact, consents = found.row, found.contact, found.consents
    today, end = timezone.localdate(), pack.request.end(found.row.outcome)
    rules = " ".join(in_words(each) for each in contact.running)
    texts = {each.id: shown(each.label) for each in pack.care_consents}
    answers = [(texts[each], str(consents.standing(each).label)) for each in THREE if each in texts]
    shares = [f"{each.recipient}: {each.standing(today).label} ({each.parts})" for each in consents.shares]
    return [
        (_("Hulpvraag"), row.request_code),
        (_("Stand"), str(CareFile.State(row.state).label)),
        (_("Begonnen op"), date_format(timezone.localtime(row.opened), "j F Y")),
        *person_rows(found.person),
        (_("Leeftijd"), age_in_words(found.course.age)),
        (_("Zo mag u contact zoeken"), rules),
        (_("Geen contact tot"), contact.stop_until),
        *answers,
        (_("Gedeeld"), "; ".join(shares)),
        (_("Nazorg"), ", ".join(found.course.dates)),
        *((label, "; ".join(rows)) for label, rows in whole_facts(found.whole, pack)),
        (_("Uitkomst"), shown(end.label) if end else ""),
    ]


def _as_pdf(found: Opened, pack: Pack) -> bytes:
    now = timezone.localtime()
    return as_pdf(
        Receipt(
            code=found.row.code,
            day=date_format(now, "j F Y"),
            heading=_("Zorgdossier"),
            facts=tuple(Line(label, text) for label, text in _facts(found, pack) if text),
            closing=message(pack, "keep_short"),
            made=now,
        )
    )


def as_data(found: Opened) -> dict[str, Any]:
    """Return a care file as it is kept, for a program."""
    row = found.row
    kept = {
        "code": row.code,
        "request": row.request_code,
        "state": row.state,
        "opened": row.opened.isoformat(timespec="minutes"),
        "outcome": row.outcome,
        "kept_until": row.retention_until.isoformat() if row.retention_until else "",
        "person": found.person.to_json(),
        "contact": found.contact.to_json(),
        "consents": found.consents.to_json(),
        "aftercare": list(found.course.dates),
        "age": found.course.age.to_json() if found.course.age else {},
    }
    return kept | ({"whole": found.whole.to_json()["rows"]} if found.whole.rows else {})


def _as_json(found: Opened, pack: Pack) -> bytes:
    return _json(as_data(found))


def _as_csv(found: Opened, pack: Pack) -> bytes:
    facts = _facts(found, pack)
    return _csv([[label for label, _text in facts], [text for _label, text in facts]])


def _counted(found: Opened, pack: Pack) -> dict[str, str]:
    """Return what the standard of IOM counts of it: no name, no number, no day of birth, no place."""
    row = found.row
    end = STATUS.get(CareFile.State(row.state), "Active")
    language = found.person.language.casefold()
    languages = {each.label.nl.casefold(): each.id for each in pack.languages}
    values = {
        "cas_Status": "ClosedReferred" if row.outcome == HANDED_OVER else end,
        "cas_ReasonForCaseClosure": row.outcome,
        "cas_ReasonForIncomingReferral": "AdditionalServicesRequired",
        "cas_IncomingReferralDate": timezone.localtime(row.opened).date().isoformat(),
        "prs_PrimaryLanguage": languages.get(language, ""),
    }
    return {name: value for name, value in {**values, **_matched(found.whole, pack)}.items() if value}


def _matched(whole: Whole, pack: Pack) -> dict[str, str]:
    """Return the answers of the whole file of which the handbook says that the standard has the same."""
    chosen = {(row.section, *answer) for row in whole.rows for answer in row.values.items()}
    options = (
        option
        for section in pack.file_sections
        for field in section.fields
        for option in field.options
        if (section.id, field.id, option.id) in chosen
    )
    codes = {code.code_list: code.code for option in options for code in pack.codes.named(option.exact_match)}
    fields = {each.code_list: each.id for each in pack.code_fields if each.code_list in codes}
    return {name: codes[code_list] for code_list, name in fields.items() if code_list}


def _htcds_json(found: Opened, pack: Pack) -> bytes:
    return _json({"standard": "HTCDS 2.0", "case": _counted(found, pack)})


def _htcds_csv(found: Opened, pack: Pack) -> bytes:
    counted = _counted(found, pack)
    return _csv([[*counted], [*counted.values()]])


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=2).encode()


def _csv(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([[f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


FORMS: Mapping[str, Callable[[Opened, Pack], bytes]] = {
    "pdf": _as_pdf,
    "json": _as_json,
    "csv": _as_csv,
    "htcds-json": _htcds_json,
    "htcds-csv": _htcds_csv,
}
COUNTING = frozenset({"htcds-json", "htcds-csv"})
TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "json": ("application/json", "json"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "htcds-json": ("application/json", "htcds.json"),
    "htcds-csv": ("text/csv; charset=utf-8", "htcds.csv"),
}
