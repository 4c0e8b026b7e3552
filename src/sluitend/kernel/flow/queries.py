"""What is asked of matters with two sides, of whatever kind they are."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.flow.models import TwoSided, kinds
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.prepared import Prepared, among


class Other(NamedTuple):
    """The other side of a matter by name; of one that came in, also in which area it is."""

    name: str
    area: str = ""


def others(actor: Actor, subjects: Mapping[UUID, str]) -> dict[UUID, Other]:
    """Return the organisation on the other side of each of these.

    It takes one statement a kind, and one more for who was asked without having an account.

    Args:
        subjects: the kind of each matter, by its id; of another kind than `flow` has, nothing is asked.
    """
    found: dict[UUID, Other] = {}
    coded: dict[UUID, str] = {}
    for kind in sorted(kinds().keys() & subjects.values()):
        model = kinds()[kind]
        if not (may(actor, model.FOLLOW) or may(actor, model.LOOK)):
            continue
        ids = [key for key, its in subjects.items() if its == kind]
        for key, sender, name, asked, area, *code in _named(model).rows(ids=ids):
            found[key] = Other(asked or "") if sender == actor.own_organisation else Other(name, area)
            if not found[key].name and code:
                coded[key] = code[0]
    names = names_of(coded.values())
    return found | {key: Other(names.get(code, code)) for key, code in coded.items()}


def names_of(asked: Collection[UUID | str]) -> dict[UUID | str, str]:
    """Return the names of organisations by their ids and by their codes: one statement, or none."""
    ids = {each for each in asked if isinstance(each, UUID)}
    codes = {each for each in asked if isinstance(each, str)}
    if not ids and not codes:
        return {}
    rows = _named_so().rows(ids=list(ids), codes=list(codes))
    return {key: name for identity, code, name in rows for key in (identity, code)}


@cache
def _named_so() -> Prepared:
    rows = Organisation.objects.filter(Q(id=among("ids")) | Q(code=among("codes")))
    return Prepared(rows.values_list("id", "code", "name"))


@cache
def _named(model: type[TwoSided]) -> Prepared:
    wanted = ["id", "organisation_id", "organisation__name", "recipient__name", "area"]
    if model.ASKED_CODE:
        wanted.append(model.ASKED_CODE)
    rows = model._default_manager.filter(id=among("ids"))  # noqa: SLF001 - Django documents it
    return Prepared(rows.values_list(*wanted))
