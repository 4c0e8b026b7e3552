"""Measures of a case: to whom one is given, what carries it, what came of it, and one that is added."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms.fields import chips, choose_from, line, listed, reasons, sentence, text
from sluitend.journeys.cases.actions.measures import ADD_REASONS, NewPiece
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.forms.fields import day, today
from sluitend.journeys.cases.queries.evidence import PieceView
from sluitend.journeys.cases.queries.measures import BODY, DEPARTMENT, MeasurePage, MeasuresPage
from sluitend.kernel.handbook.checks_of_measures import ANSWER, LOOK_UP, OBSERVATION, VISIT
from sluitend.kernel.handbook.language import shown

FROM_CASE = (OBSERVATION, LOOK_UP, ANSWER, VISIT)
ALSO_DESCRIBED = frozenset({VISIT})
"""What is chosen from the case, or described where the report of it lies elsewhere."""


class GiveForm(Revised):
    """To whom a measure is given, until when, and what is asked."""

    def __init__(self, *args: Any, page: MeasurePage, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "give_%s", **kwargs})
        missing = _("Kies aan wie u dit geeft.")
        self.fields["to"] = listed(_("Aan wie?"), missing=missing)
        groups = ((DEPARTMENT, _("Afdeling")), (BODY, _("Orgaan dat besluit")))
        choose_from(
            self,
            "to",
            [
                (label, [(key, shown(words)) for key, words in page.receivers if key.startswith(f"{kind}:")])
                for kind, label in groups
            ],
            first=_("Kies een afdeling of orgaan"),
        )
        self.fields["contact"] = line(_("Wie daar?"))
        self.fields["question"] = text(_("Wat vraagt u?"), required=False, rows=2, most=500)
        self.fields["until"] = day(_("Wanneer komt dit terug?"), required=True)


class ResultForm(Revised):
    """What came of a measure, and when."""

    def __init__(self, *args: Any, page: MeasurePage, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "result_%s", **kwargs})
        results = [(each.id, shown(each.label)) for each in page.pack.measure_results]
        self.fields["result"] = chips(_("Wat kwam ervan?"), results, missing=_("Kies wat ervan kwam."))
        self.fields["on"] = day(_("Op welke dag?"), required=True)
        self.fields["on"].initial = today()


class EvidenceForm(Revised):
    """What carries a measure: of each piece where it is, which one, and why it may be used in a decision."""

    def __init__(self, *args: Any, page: MeasurePage, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "evidence_%s", **kwargs})
        self.pieces = [each for each in page.view.pieces if each.named]
        sources, grounds = _sources(page), _grounds(page)
        for number, piece in enumerate(self.pieces):
            # What a piece rested on and is no longer there, is not thrown away by a press on something else.
            before = [(piece.piece["source"], piece.source)] if piece.gone and piece.piece else []
            self.fields[f"source_{number}"] = _choice(
                _("Waar blijkt dit uit?"), [*sources, *before], _("Nog niets")
            )
            self.fields[f"words_{number}"] = line(
                _("Welk verslag of stuk, en van welke dag?"),
                _("Alleen bij een verslag of een ander stuk."),
            )
            self.fields[f"ground_{number}"] = _choice(
                _("Waarom mag het in een besluit?"), grounds, _("Mag niet, of nog niet bekend")
            )
            self._start(number, piece)

    def _start(self, number: int, piece: PieceView) -> None:
        kept, kind = piece.piece, piece.kind
        if kept is not None and kind is not None:
            self.fields[f"source_{number}"].initial = kept["source"]
            self.fields[f"words_{number}"].initial = "" if ":" in kept["source"] else kept["words"]
            ground = f"{kind.id}.{kept['ground']}" if kept["ground"] else ""
            self.fields[f"ground_{number}"].initial = ground

    @property
    def rows(self) -> list[tuple[PieceView, list[forms.BoundField]]]:
        """The pieces with their fields."""
        return [
            (piece, [self[f"{name}_{number}"] for name in ("source", "words", "ground")])
            for number, piece in enumerate(self.pieces)
        ]

    @property
    def said(self) -> Mapping[int, NewPiece]:
        """What was said of each piece."""
        data = self.cleaned_data
        return {
            number: NewPiece(data[f"source_{number}"], data[f"words_{number}"], data[f"ground_{number}"])
            for number in range(len(self.pieces))
        }


def _choice(label: str, options: list[tuple[str, Any]], first: str) -> forms.ChoiceField:
    field = listed(label, [("", first), *options], required=False)
    field.error_messages["invalid_choice"] = _("Kies iets dat in deze casus staat.")
    return field


def _sources(page: MeasurePage) -> list[tuple[str, Any]]:
    kinds = page.pack.evidence_kinds
    chosen = [
        (shown(kinds[kind].label), [(each.key, each.words) for each in page.holdings if each.kind == kind])
        for kind in FROM_CASE
        if kind in kinds
    ]
    described = [
        (each.id, shown(each.label))
        for each in kinds
        if each.id not in FROM_CASE or each.id in ALSO_DESCRIBED
    ]
    return [*(group for group in chosen if group[1]), (_("Iets anders"), described)]


def _grounds(page: MeasurePage) -> list[tuple[str, Any]]:
    return [
        (shown(kind.label), [(f"{kind.id}.{each.id}", shown(each.label)) for each in kind.grounds])
        for kind in page.pack.evidence_kinds
    ]


class AddMeasureForm(Revised):
    """A measure that no rule asked for, and why it is added."""

    def __init__(self, *args: Any, page: MeasuresPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"] = listed(
            _("Welke actie?"),
            [
                ("", _("Kies een actie")),
                *(
                    (
                        group.label or _("Past bij elke vorm"),
                        [(each.planned.id, shown(each.planned.action.says)) for each in group.offers],
                    )
                    for group in page.offers.groups
                ),
            ],
            missing=_("Kies een actie die hier kan."),
        )
        self.fields["reason"] = reasons(page.pack, ADD_REASONS, "id_reason_text")
        self.fields["reason_text"] = sentence()
