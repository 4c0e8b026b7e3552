"""Forms of the inbox."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms.fields import SENTENCE, choice, line, listed, reasons, sentence, several, text, when_asked
from sluitend.journeys.cases.forms.fields import answers
from sluitend.journeys.reports.actions import REASONS
from sluitend.journeys.reports.queries import AT_MUNICIPALITY
from sluitend.kernel.flow.phrases import marked
from sluitend.kernel.handbook.handling import Closes
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

NEW, ADD, ADD_TO, PASS_ON, CLOSE = "new", "add", "add:", "pass_on", "close"


class IntakeForm(forms.Form):
    """Three questions and what to do. A question that a fact answers is filled in and names the fact."""

    def __init__(
        self,
        *args: object,
        pack: Pack,
        cases: Sequence[tuple[str, str, str]] = (),
        territory_fact: str = "",
        names: Sequence[str] = (),
        **kwargs: object,
    ) -> None:
        """Build the form for one report.

        Args:
            pack: the handbook that holds.
            cases: (code, name, why) of cases with the same identifying value.
            territory_fact: the sentence that answers the third question.
            names: neutral proposals for a new case.
        """
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["scope"] = answers(_("Kan dit om dwang of misbruik gaan?"))
        self.fields["task"] = answers(_("Heeft de gemeente hier een taak?"))
        self.fields["territory"] = answers(_("Is het in onze gemeente?"), help_text=territory_fact)
        options = [
            (f"{ADD_TO}{code}", _("Voeg toe aan casus %(code)s") % {"code": code})
            for code, _name, _why in cases
        ]
        options += [
            (NEW, _("Maak een nieuwe casus")),
            (ADD, _("Voeg toe aan een andere casus") if cases else _("Voeg toe aan een casus")),
            (PASS_ON, _("Geef door zonder casus")),
            (CLOSE, _("Sluit, met een reden")),
        ]
        self.fields["what"] = choice(
            _("Wat doet u met de melding?"),
            options,
            missing=_("Kies wat u met de melding doet."),
            hints={f"{ADD_TO}{code}": f"{name}, {why}" for code, name, why in cases},
            shows={
                NEW: "#intake-new",
                ADD: "#intake-add",
                PASS_ON: "#intake-pass-on",
                CLOSE: "#intake-close",
            },
        )
        self.fields["name"] = choice(
            _("Naam van de casus"),
            [(name, name) for name in names],
            kind="chips",
            required=False,
            help_text=_("Een neutrale naam. Geen persoon, bedrijf of vorm."),
        )
        self.fields["case_code"] = when_asked(line(_("Code van de casus"), most=12))
        departments = [(one.id, shown(one.label)) for one in pack.departments]
        self.fields["department"] = when_asked(
            listed(_("Naar wie"), [("", _("Kies een afdeling")), *departments])
        )
        self.fields["pass_reason"] = when_asked(reasons(pack, "pass_on", "id_pass_reason_text"))
        self.fields["pass_reason_text"] = sentence()
        outcomes = [
            one
            for one in pack.outcomes
            if Closes.REPORT in one.closes and one.id not in ("passed_on", "drill")
        ]
        told = {
            one.id: _("De melder leest: %(text)s")
            % {"text": marked(one.to_reporter.nl, confirmed=one.confirmed)}
            for one in outcomes
        }
        self.fields["outcome"] = when_asked(
            choice(_("Hoe loopt het af?"), [(one.id, shown(one.label)) for one in outcomes], hints=told)
        )
        self.fields["close_reason"] = when_asked(reasons(pack, "intake_close", "id_close_reason_text"))
        self.fields["close_reason_text"] = sentence()


class AskForm(forms.Form):
    """Prepared questions to the reporter, and one in own words."""

    def __init__(self, *args: object, pack: Pack, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["questions"] = several(
            _("Wat wilt u weten?"), [(one.id, shown(one.text)) for one in pack.questions]
        )
        self.fields["text"] = text(
            _("Of schrijf zelf een vraag"),
            required=False,
            help_text=_("De melder leest dit met de ontvangstcode. Noem geen namen."),
            most=SENTENCE * 3,
        )

    def clean(self) -> dict[str, object]:
        """Ask for at least one question."""
        data = super().clean() or {}
        if not data.get("questions") and not str(data.get("text") or "").strip():
            self.add_error("text", _("Kies een vraag of schrijf er een."))
        return data


class IdentityForm(forms.Form):
    """Why somebody wants to see who reported."""

    reason = forms.ChoiceField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"] = choice(
            _("Waarom wilt u de naam zien?"),
            list(REASONS.items()),
            kind="chips",
            missing=_("Kies een reden."),
        )


class AdviceForm(forms.Form):
    """The answer to a question for advice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"] = text(_("Uw advies"), rows=6, missing=_("Schrijf een antwoord."))


class KindForm(forms.Form):
    """Through which door it should have come."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"] = choice(
            _("Wat is dit?"),
            [(each.value, each.label) for each in AT_MUNICIPALITY],
            kind="chips",
            missing=_("Kies wat dit is."),
        )


class ReadForm(forms.Form):
    """What a message of the reporter tells, once it was read; `seen` is the last one that the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    acute = forms.BooleanField(required=False)
    child = forms.BooleanField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["acute"].label = _("Er is nu gevaar voor iemand")
        self.fields["child"].label = _("Het gaat misschien om een kind")
