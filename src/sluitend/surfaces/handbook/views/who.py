"""Who to call: three questions, and the partner with number, hours, and what to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.guidance import Part, Partner
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import PartyKind, Rule
from sluitend.surfaces.handbook.calling import (
    OUTSIDE,
    Answers,
    Call,
    Contact,
    call_for,
    questions,
)
from sluitend.surfaces.handbook.cards import Office, office_of
from sluitend.surfaces.handbook.numbers import Shown, as_shown, name_of
from sluitend.surfaces.handbook.reading import Reading, page, reading

LONGEST_PLACE = 300
CHANGE = "change"
SITUATION_FIELDS = ("what", "more")


class WhoForm(forms.Form):
    """Where it is, what is the matter, and which form, as far as somebody knows."""

    municipality = forms.ChoiceField(
        label=gettext_lazy("In welke gemeente is het?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Kies een gemeente uit de lijst.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Of typ een plaats, adres of postcode"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=gettext_lazy("Wij zoeken de gemeente erbij. Wij bewaren dit niet."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    what = forms.MultipleChoiceField(
        label=gettext_lazy("Wat is er aan de hand?"),
        help_text=gettext_lazy("Kies alles wat klopt."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Kies iets uit de lijst.")},
    )
    more = forms.MultipleChoiceField(
        label=gettext_lazy("Speelt er nog iets?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Kies iets uit de lijst.")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Waar lijkt het op?"),
        required=False,
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
        error_messages={"invalid_choice": gettext_lazy("Kies iets uit de lijst.")},
    )

    def __init__(self, data: QueryDict | None = None, *, read: Reading, municipality: str = "") -> None:
        super().__init__(data, initial={"municipality": municipality})
        self.pack = read.pack
        asked = read.shown(questions(read.pack))
        # A handbook without rules for a plan has nothing to choose from.
        self.asks_what = bool(asked)
        choices: dict[str, list[tuple[str, Any]]] = {
            "municipality": [
                ("", _("Kies een gemeente")),
                *sorted(((each.id, each.known_as) for each in read.pack.municipalities), key=_by_name),
                (OUTSIDE, _("Een andere gemeente, buiten deze regio")),
            ],
            "what": [(each.id, shown(each.label)) for each in asked if not each.rare],
            "more": [(each.id, shown(each.label)) for each in asked if each.rare],
            "form": [
                *((each.id, shown(each.label)) for each in read.shown(read.pack.forms)),
                ("", _("Weet ik niet")),
            ],
        }
        for name, those in choices.items():
            self.fields[name].choices = those  # type: ignore[attr-defined]
        for name in ("what", "municipality", "place"):
            self.fields[name].depends = True  # type: ignore[attr-defined]  # one of several is needed

    def clean(self) -> dict[str, Any]:
        """Find the municipality of what was typed, and ask for what is needed."""
        data = self.cleaned_data
        typed = data.get("place", "")
        if typed and not data.get("municipality"):
            found = self.pack.municipality_for_place(typed)
            if found:
                data["municipality"] = found.id
            else:
                self.add_error(
                    "municipality", _("Wij vinden deze plaats niet. Kies de gemeente uit de lijst.")
                )
        elif not data.get("municipality") and "municipality" not in self.errors:
            self.add_error("municipality", _("Kies de gemeente, of typ een plaats."))
        chosen = any(data.get(name) for name in SITUATION_FIELDS)
        if self.asks_what and not chosen and "what" not in self.errors:
            self.add_error("what", _("Kies wat er aan de hand is. Eén ding is genoeg."))
        return data

    def answers(self) -> Answers:
        """Return what was answered; nothing of what was typed as a place is in it."""
        data = self.cleaned_data
        chosen = {key for name in SITUATION_FIELDS for key in data[name]}
        known = tuple(each for each in self.pack.plan_answers.ids if each in chosen)
        return Answers(data["municipality"], known, data["form"])


@as_intake
@require_http_methods(["GET", "HEAD", "POST"])
def who_to_call(request: HttpRequest) -> HttpResponse:
    """Ask three questions, and show who to call. What was answered never stands in an address."""
    read = reading(request)
    if request.method != "POST":
        return _asked(request, read, WhoForm(read=read, municipality=request.GET.get("gemeente", "")))
    if request.POST.get("go") == CHANGE:
        return _asked(request, read, WhoForm(request.POST, read=read), changing=True)
    form = WhoForm(request.POST, read=read)
    if not form.is_valid():
        return _asked(request, read, form, status=422)
    return _answered(request, read, form.answers())


def _asked(
    request: HttpRequest, read: Reading, form: WhoForm, *, changing: bool = False, status: int = 200
) -> HttpResponse:
    if changing:
        form.is_valid()
        form.errors.clear()
    wrong = bool(form.is_bound and form.errors)
    return page(request, "who", read, status=status, form=form, wrong=wrong)


def _answered(request: HttpRequest, read: Reading, answers: Answers) -> HttpResponse:
    call = call_for(answers, read.pack, professional=read.professional, moment=timezone.localtime())
    municipality = read.pack.municipalities.get(answers.municipality)
    office = office_of(municipality) if municipality else None
    ways = [_way(each, read) for each in call.contacts]
    context: dict[str, Any] = {
        "answers": answers,
        "answered": _said(answers, read.pack),
        "municipality": municipality,
        "office": office,
        "first": ways[0] if ways else None,
        "instead": _instead(call.first, office),
        "others": ways[1:],
        "danger": call.danger and as_shown(call.danger),
        "told": [shown(each.label) for each in read.pack.plan_answers.named(answers.situations)],
        "never": [part for part in read.shown(read.pack.parts) if part.never],
        "because": _because(call, read),
        "acute": call.acute,
        "heading": _heading(call, municipality is not None),
    }
    return page(request, "who_answer", read, above=((_("Wie bel ik?"), reverse("handbook_who")),), **context)


@dataclass(frozen=True)
class Way:
    """Somebody to go to, as the page shows it: the parts that may be told, and those only when asked.

    `sure` says that the number can be called now, `waits` what should not be done yet.
    """

    to: Contact
    name: str
    number: Shown | None
    partner: Partner | None
    facts: tuple[Part, ...]
    names: tuple[Part, ...]
    shares_confirmed: bool
    sure: bool
    aloud: tuple[str, ...]
    waits: tuple[str, ...]
    minds: tuple[str, ...]

    @property
    def warned(self) -> bool:
        """Whether there is a caution beside what is said before the number."""
        return bool(self.waits or self.minds)


def _name(contact: Contact) -> str:
    """Return whom to go to: who answers where they do not work."""
    return name_of(contact.elsewhere) if contact.elsewhere else shown(contact.party.label)


def _way(contact: Contact, read: Reading) -> Way:
    shares = [each for each in contact.asks if each.share.confirmed or read.professional]
    parts = read.pack.parts.named(tuple(dict.fromkeys(part for each in shares for part in each.may)))
    return Way(
        to=contact,
        name=_name(contact),
        # What is said first stands above it already, for all that is asked of them.
        number=replace(as_shown(contact.number), first=()) if contact.number else None,
        partner=next(iter(read.shown((contact.partner,))), None) if contact.partner else None,
        facts=tuple(part for part in parts if not part.identifies_person),
        names=tuple(part for part in parts if part.identifies_person),
        shares_confirmed=all(each.share.confirmed for each in shares),
        sure=contact.sure is not None,
        aloud=tuple(shown(each) for each in contact.aloud),
        waits=(
            *(shown(each.text) for each in contact.locks),
            *(shown(each.text) for each in contact.warnings if each.wait),
        ),
        minds=tuple(shown(each.text) for each in contact.warnings if not each.wait),
    )


def _instead(contact: Contact | None, office: Office | None) -> list[Shown]:
    """Return who to call where the number of whom to go to is not sure or closed: the surest one first."""
    if contact and contact.sure:
        return []
    other = contact.answers_now if contact else None
    numbers = [replace(as_shown(other), first=())] if other else []
    if office and office.telephone:
        along = Shown(
            text=_("Uw gemeente belt met u mee."),
            number=office.telephone,
            tel=office.tel,
            note=office.name,
            confirmed=True,
            audience="",
        )
        numbers.insert(1 if other and other.answered.now else 0, along)
    return numbers


def _heading(call: Call, inside: bool) -> str:
    if call.first:
        who = {"who": _name(call.first)}
        if call.first.sure:
            return _("Bel %(who)s") % who
        if call.first.party.kind is PartyKind.DEPARTMENT:
            return _("Geef het door aan: %(who)s") % who
        return _("Neem contact op met %(who)s") % who
    if inside:
        return _("Overleg met de aandachtsfunctionaris")
    return _("Meld het bij de gemeente waar het is")


def _said(answers: Answers, pack: Pack) -> list[str]:
    municipality = pack.municipalities.get(answers.municipality)
    form = pack.forms.get(answers.form)
    return [
        municipality.name if municipality else _("buiten deze regio"),
        *(shown(each.label) for each in pack.plan_answers.named(answers.situations)),
        *([shown(form.label)] if form else []),
    ]


def _because(call: Call, read: Reading) -> tuple[Rule, ...]:
    """Return the rules behind the advice that this reader may read."""
    rules = {rule.id: rule for each in call.contacts for ask in each.asks for rule in ask.because}
    return read.shown(rules.values())


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].lstrip("'s-").casefold()
