"""Forms for weighing, enrichment and closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms.fields import (
    SENTENCE,
    choice,
    line,
    listed,
    reasons,
    sentence,
    several,
    text,
    when_asked,
)
from sluitend.journeys.cases.actions.measures import NONE_REASONS, NOTHING, Ended
from sluitend.journeys.cases.actions.sources import OTHER_QUESTION
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.forms.fields import answers, day
from sluitend.journeys.cases.models import LookUp, Weighing
from sluitend.journeys.cases.queries.steps import ClosePage, WeighPage
from sluitend.journeys.cases.reach import Reach
from sluitend.kernel.handbook.guidance import Source, Wish
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


class WeighForm(Revised):
    """Three times yes or no, one decision, one reason."""

    def __init__(self, *args: Any, page: WeighPage, seen_hint: str, pattern_hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concrete"] = answers(
            _("Is het concreet?"), help_text=_("Een plaats, een tijd of een persoon is bekend.")
        )
        self.fields["recent"] = answers(_("Is het recent?"), help_text=seen_hint)
        self.fields["pattern"] = answers(_("Hoort het bij een patroon?"), help_text=pattern_hint)
        waits = Weighing.Decision.HOLD
        self.fields["decision"] = choice(
            _("Wat besluit u?"),
            Weighing.Decision.choices,
            missing=_("Kies wat u besluit."),
            hints={Weighing.Decision.CONTINUE: _("Daarna ligt het plan klaar.")},
            shows={
                Weighing.Decision.CONTINUE: "#weigh-continue",
                waits: "#weigh-hold",
                Weighing.Decision.CLOSE: "#weigh-close",
            },
            closed={} if page.may_hold else {waits: _("Kan niet: acuut, of misschien een minderjarige.")},
        )
        for name in ("continue", "hold", "close"):
            self.fields[f"{name}_reason"] = when_asked(
                reasons(page.pack, f"weigh_{name}", f"id_{name}_reason_text")
            )
            self.fields[f"{name}_reason_text"] = sentence()
        self.fields["until"] = when_asked(day(_("Tot wanneer?")))

    @property
    def reason(self) -> str:
        """The reason that belongs to the decision."""
        return str(self.cleaned_data.get(f"{self.cleaned_data['decision']}_reason") or "")

    @property
    def reason_text(self) -> str:
        """The sentence that belongs to the decision."""
        return str(self.cleaned_data.get(f"{self.cleaned_data['decision']}_reason_text") or "")

    def field_of(self, name: str | None) -> str | None:
        """Return the field of this form that an action means."""
        decided = self.cleaned_data.get("decision", "")
        return {"reason": f"{decided}_reason", "reason_text": f"{decided}_reason_text"}.get(name or "", name)


class LookUpForm(forms.Form):
    """One question to one source."""

    def __init__(self, *args: Any, pack: Pack, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = [(each.id, shown(each.label)) for each in source.questions]
        self.fields["question"] = choice(
            _("Wat wilt u weten?"),
            [*questions, (OTHER_QUESTION, _("Andere vraag"))],
            kind="chips",
            missing=_("Kies wat u wilt weten."),
            shows={OTHER_QUESTION: "#id_question_text"},
        )
        self.fields["question_text"] = line(_("Uw vraag"))
        self.fields["need"] = reasons(pack, "lookup_need", "id_need_text")
        self.fields["need_text"] = sentence()
        rule = shown(source.copy_rule) if source.copy_rule else ""
        self.fields["result"] = choice(
            _("Antwoord van de bron"),
            LookUp.Result.choices,
            kind="answers",
            missing=_("Kies wat de bron antwoordde."),
            help_text=" ".join(filter(None, [_("Bij een hit vragen wij daarna wat u overneemt."), rule])),
        )


class CopyForm(forms.Form):
    """What is taken over from a source, in one line."""

    def __init__(self, *args: Any, rule: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copied"] = line(
            _("Wat neemt u over?"),
            required=True,
            help_text=rule or _("Eén korte regel. Niet meer dan u nodig hebt."),
            missing=_("Schrijf in één regel wat u overneemt."),
        )


class WishForm(Revised):
    """What a possible victim wants. A wish, never consent."""

    content = ("wish", "wants", "wants_not", "asked_by", "asked_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"] = choice(
            _("Wil de persoon hulp?"),
            [
                (Wish.YES.value, _("Ja")),
                (Wish.NO.value, _("Nee, nu niet")),
                (Wish.UNCLEAR.value, _("Niet duidelijk")),
                (Wish.UNKNOWN.value, _("Weet niet")),
            ],
            kind="chips",
            missing=_("Kies wat de persoon wil. “Weet niet” kan ook."),
        )
        self.fields["wants"] = text(_("Wat wil de persoon?"), required=False)
        self.fields["wants_not"] = text(_("Wat wil de persoon niet?"), required=False)
        self.fields["asked_by"] = line(_("Wie vroeg het?"))
        self.fields["asked_on"] = day(_("Wanneer?"))


class ReachForm(Revised):
    """How somebody can be reached safely."""

    content = ("how", "when", "never")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"] = line(
            _("Hoe is de persoon veilig te bereiken?"),
            help_text=_("Bijvoorbeeld “bericht via haar zus, 06 …”. Leeg als niemand dit weet."),
            most=SENTENCE,
        )
        self.fields["when"] = line(
            _("Wanneer?"), help_text=_("Bijvoorbeeld “overdag, als hij werkt”."), most=SENTENCE
        )
        self.fields["never"] = line(
            _("Hoe zeker niet?"),
            help_text=_("Bijvoorbeeld “niet bellen, want er luistert iemand mee”."),
            most=SENTENCE,
        )

    def as_reach(self) -> Reach:
        """Return what was filled in."""
        return Reach.of(**{name: self.cleaned_data[name] for name in self.content})


class AgainstWishForm(Revised):
    """Acting against a wish: a ground from the list and a text."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = reasons(pack, "against_wish", "id_text")
        self.fields["text"] = text(
            _("Waarom gaat u tegen de wens in?"), missing=_("Schrijf waarom u tegen de wens ingaat.")
        )


class CloseForm(Revised):
    """How a case ended, what the reporters hear, and why it is closed."""

    def __init__(self, *args: Any, page: ClosePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = listed(
            _("Hoe eindigde het?"),
            [("", _("Kies een uitkomst")), *((each.id, each.label) for each in page.outcomes)],
            help_text=page.suggested_fact,
            missing=_("Kies hoe deze casus eindigde."),
        )
        self.fields["tell"] = choice(
            _("Wat hoort de melder?"),
            [
                ("outcome", _("De zin bij de uitkomst")),
                ("mag_niets_zeggen", _("Alleen dat het bij de juiste organisatie is")),
            ],
            missing=_("Kies wat de melder hoort."),
        )
        self.fields["reason"] = reasons(page.pack, "case_close", "id_reason_text")
        self.fields["reason_text"] = sentence()
        if page.left.asks and page.left.tried:
            self.fields["helped"] = several(
                _("Wat hielp?"),
                [
                    *((each.id, each.says) for each in page.left.tried),
                    (NOTHING, _("Nog niets, of dat weten wij niet")),
                ],
                required=True,
                missing=_("Kies wat hielp, of dat nog niets hielp."),
            )
            self.fields["helped"].widget.attrs["kind"] = "choices"
        elif page.left.asks:
            self.fields["none"] = reasons(page.pack, NONE_REASONS, "id_none_text")
            self.fields["none_text"] = sentence()

    @property
    def ended(self) -> Ended:
        """What was said about what was tried."""
        data = self.cleaned_data
        return Ended(tuple(data.get("helped", ())), data.get("none", ""), data.get("none_text", ""))


class ReopenForm(forms.Form):
    """Why a closed case is opened again."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reasons(pack, "reopen", "id_reason_text")
        self.fields["reason_text"] = sentence()
