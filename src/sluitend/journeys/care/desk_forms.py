"""The forms of the coordinator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.shelter_address import ask_of_address
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.requesting import RequestKind

WORDS = [at_most(fields.TEXT), no_bsn]
REACHED = [("yes", _("Ja")), ("no", _("Nee"))]
UNKNOWN = "weet_niet"
TOLD = ("busy", "offered")
"""The sentences of which the coordinator chooses one."""


class AnswerForm(forms.Form):
    """Words to whoever asked: an answer for advice, or a question."""

    text = fields.text(
        _("Wat schrijft u?"),
        rows=4,
        most=None,
        checks=WORDS,
        help_text=_("Alleen wie de code heeft, leest dit. Noem geen plek en geen naam."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_of_address(self, "text")


class TellForm(forms.Form):
    """A fixed sentence to whoever asked, and words that go only there."""

    sentence = fields.choice(_("Wat leest de aanvrager?"), missing=_("Kies een zin."))
    text = fields.text(
        _("Wilt u er iets bij schrijven?"), rows=3, required=False, most=None, checks=WORDS, missing=""
    )

    def __init__(self, data: Any = None, *, pack: Pack) -> None:
        super().__init__(data, auto_id="tell_%s")
        said = {each.id: shown(each.text) for each in pack.request.sentences}
        options = [(name, said[name]) for name in TOLD if name in said]
        fields.choose_from(self, "sentence", options)
        ask_of_address(self, "text")


class AttemptForm(forms.Form):
    """That contact was tried."""

    channel = fields.chips(_("Hoe zocht u contact?"))
    reached = fields.chips(_("Sprak u de persoon?"), REACHED, missing=_("Kies ja of nee."))
    against = fields.line(
        _("Mocht dit nu niet van de persoon? Waarom deed u het toch?"),
        _("Deze reden blijft in het dossier."),
        checks=[at_most(fields.LINE), no_bsn],
        most=None,
    )

    def __init__(self, data: Any = None, *, pack: Pack) -> None:
        super().__init__(data)
        ways = [each for each in pack.request.fields if each.kind is RequestKind.SAFE_CONTACT]
        options = [each for way in ways for each in way.options if each.id != UNKNOWN]
        fields.choose_from(self, "channel", [(each.id, shown(each.label)) for each in options])


class CloseForm(forms.Form):
    """How it ended."""

    end = fields.listed(_("Hoe loopt dit af?"), missing=_("Kies hoe dit afloopt."))

    def __init__(self, data: Any = None, *, pack: Pack) -> None:
        super().__init__(data)
        ends = [(each.id, shown(each.label)) for each in pack.request.ends]
        fields.choose_from(self, "end", ends, first=_("Kies een uitkomst"))
