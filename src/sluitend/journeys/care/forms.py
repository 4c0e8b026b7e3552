"""The questions of a request, one form a page, made of the handbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, checked_phone, no_bsn
from sluitend.journeys.care.content import BY_NUMBER, names_of
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.requesting import Answers, RequestField, RequestKind

ELSEWHERE, UNKNOWN = "elsewhere", "unknown"
CHIP = 22
"""So many signs fit on a short answer."""
DIRECT = frozenset({*BY_NUMBER, "email"})
"""Ways to reach the person without the asker."""
HOW = "hoe"
"""Id of what belongs to such a way."""
NO_COUNT = _("Vul een getal van 0 tot 20 in.")
DAYS = [("office", _("Op werkdagen")), ("any", _("Elke dag"))]
YES_NO = [("ja", _("Ja")), ("nee", _("Nee"))]


@dataclass(frozen=True)
class Group:
    """One question as the page shows it: a field, or some under one legend; `panel` shows with a choice."""

    legend: str
    hint: str
    fields: tuple[forms.BoundField, ...]
    panel: tuple[forms.BoundField, ...] = ()
    only_says: bool = False


class StepForm(forms.Form):
    """One page. A question that hangs on an earlier page is there or not; on this page, it shows with script.

    Args:
        number: of the page.
        given: all answers so far.
    """

    def __init__(self, data: Any = None, *, pack: Pack, number: int, given: Answers, **more: Any) -> None:
        super().__init__(data, **more)
        self.form = pack.request
        self.asked = {each.id for each in self.form.shown(given)}
        self.questions = [each for each in self.form.fields if each.step == number and self._may_show(each)]
        for question in self.questions:
            self._add(question, pack)

    def groups(self) -> Iterator[Group]:
        """Return the questions in their order."""
        for question in self.questions:
            names = names_of(question)
            bound = tuple(self[name] for name in names)
            many = question.kind in (RequestKind.COUNTS, RequestKind.CONTACT, RequestKind.STATEMENT)
            yield Group(
                legend=shown(question.label) if many else "",
                hint=shown(question.hint) if many and question.hint else "",
                fields=bound if many else bound[:1],
                panel=() if many else bound[1:],
                only_says=question.kind is RequestKind.STATEMENT,
            )

    def clean(self) -> dict[str, Any]:
        """Check what belongs to the way by which the person is reached."""
        data = self.cleaned_data
        way = data.get("safe_contact")
        if way in DIRECT and not data.get("safe_contact_value"):
            self.add_error("safe_contact_value", _("Vul het nummer of het adres in."))
        elif way in DIRECT:
            self._check_value(way, data["safe_contact_value"])
        start, end = data.get("safe_contact_start"), data.get("safe_contact_end")
        if way in DIRECT and (bool(start) != bool(end) or (start and end and start >= end)):
            self.add_error("safe_contact_end", _("Vul een tijd in die na de eerste tijd komt."))
        return data

    def _check_value(self, way: str, value: str) -> None:
        try:
            if way in BY_NUMBER:
                checked_phone(value)
            else:
                validate_email(value)
        except ValidationError as error:
            said = error if way in BY_NUMBER else _("Dit is geen e-mailadres.")
            self.add_error("safe_contact_value", said)

    def _may_show(self, question: RequestField) -> bool:
        """Whether nothing on an earlier page hides it."""
        here = {each.id for each in self.form.fields if each.step == question.step}
        hangs_here = any(rule.field in here for rule in question.shown_if)
        return question.id in self.asked or (
            hangs_here and all(rule.field in here or rule.field in self.asked for rule in question.shown_if)
        )

    def _add(self, question: RequestField, pack: Pack) -> None:
        asked = question.id in self.asked
        made = dict(zip(names_of(question), _fields(question, pack, self._shows(question)), strict=True))
        for name, field in made.items():
            if not asked:
                fields.when_asked(field)
            self.fields[name] = field

    def _shows(self, question: RequestField) -> Mapping[str, str]:
        """Return what each answer shows on this page."""
        if question.kind is RequestKind.SAFE_CONTACT:
            return dict.fromkeys(sorted(DIRECT), f"#{HOW}")
        return {
            answer: f"#id_{other.id}"
            for other in self.questions
            for rule in other.shown_if
            if rule.field == question.id
            for answer in rule.answers
        }


def _fields(question: RequestField, pack: Pack, shows: Mapping[str, str]) -> list[forms.Field]:
    match question.kind:
        case RequestKind.COUNTS:
            return [_count(shown(each.label)) for each in question.options]
        case RequestKind.CONTACT:
            return _who()
        case RequestKind.STATEMENT:
            return []
        case RequestKind.SAFE_CONTACT:
            return [_field(question, pack, shows), *_way()]
        case _:
            return [_field(question, pack, shows)]


def _field(question: RequestField, pack: Pack, shows: Mapping[str, str]) -> forms.Field:
    label, hint = shown(question.label), shown(question.hint) if question.hint else ""
    options = [(each.id, shown(each.label)) for each in question.options]
    common: dict[str, Any] = {"required": question.required, "help_text": hint}
    match question.kind:
        case RequestKind.CHOICES:
            return fields.several(label, options, **common)
        case RequestKind.TEXT:
            return fields.line(label, checks=[no_bsn], most=question.most, width="sl-w-s", **common)
        case RequestKind.LONG_TEXT:
            checks = [at_most(question.most or fields.TEXT), no_bsn]
            return fields.text(label, rows=6, most=None, checks=checks, **common)
        case RequestKind.MUNICIPALITY:
            return fields.listed(label, _municipalities(pack), missing=_("Kies een gemeente."), **common)
        case _:
            kind = "chips" if all(len(words) <= CHIP for _id, words in options) else "choices"
            return fields.choice(label, options, kind=kind, shows=shows, **common)


def _municipalities(pack: Pack) -> list[tuple[str, Any]]:
    named = sorted(((one.id, one.known_as) for one in pack.municipalities), key=lambda pair: pair[1])
    others = [(ELSEWHERE, _("Buiten deze regio")), (UNKNOWN, _("Weet ik niet"))]
    return [("", _("Kies een gemeente")), *named, *others]


def _count(label: str) -> forms.Field:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "sl-w-xs"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_COUNT),
    )


def _way() -> list[forms.Field]:
    return [
        fields.line(_("Nummer of adres"), width="sl-w-s", checks=[no_bsn]),
        fields.chips(_("Op welke dagen?"), DAYS, required=False),
        *(
            forms.TimeField(
                label=label,
                required=False,
                widget=forms.TimeInput(attrs={"class": "sl-w-xs"}),
                error_messages={"invalid": _("Schrijf een tijd als 10:00.")},
            )
            for label in (_("Vanaf hoe laat?"), _("Tot hoe laat?"))
        ),
        fields.chips(_("Mogen wij een bericht inspreken of achterlaten?"), YES_NO, required=False),
    ]


def _who() -> list[forms.Field]:
    return [
        fields.line(_("Uw naam"), required=True, missing=_("Vul uw naam in."), autocomplete="name"),
        fields.line(_("Uw organisatie"), autocomplete="organization"),
        fields.line(_("Uw functie")),
        fields.line(
            _("Uw telefoonnummer"),
            required=True,
            missing=_("Vul een nummer in waarop wij u bereiken."),
            width="sl-w-s",
            checks=[_number],
            inputmode="tel",
            autocomplete="tel",
        ),
        fields.line(
            _("Uw e-mailadres"),
            help_text=_("Wij mailen alleen dat er een bericht is. Leest iemand mee? Laat dit dan leeg."),
            checks=[EmailValidator(_("Dit is geen e-mailadres."))],
            inputmode="email",
            autocomplete="email",
        ),
        fields.line(_("Wanneer kunnen wij u bellen?")),
    ]


def _number(value: str) -> None:
    checked_phone(value)


class WordsForm(forms.Form):
    """What an asker adds, by the code."""

    text = fields.text(
        _("Wat wilt u toevoegen?"),
        rows=4,
        most=None,
        missing=_("Schrijf wat u wilt toevoegen."),
        checks=[at_most(fields.TEXT), no_bsn],
    )
