"""The organisations that a pack names, as rows of the directory."""

from sluitend.kernel.organisations.models import Organisation, Region, Subregion

from .guidance import Partner
from .pack import Pack

# What a pack writes in `kind` of a partner that is more, or less, than one partner.
REGIONAL_BUREAU = "network"
ANY_MUNICIPALITY = "municipality"


def load_subregions(pack: Pack) -> dict[str, Subregion]:
    """Make the region of a pack and its parts where they are missing, and return the parts by their id."""
    region, _ = Region.objects.get_or_create(
        code=pack.description.id, defaults={"name": pack.description.name.in_language("nl")}
    )
    return {
        part.id: Subregion.objects.get_or_create(
            code=part.id, defaults={"name": part.label.in_language("nl"), "region": region}
        )[0]
        for part in pack.subregions
    }


def load_directory(pack: Pack) -> list[Organisation]:
    """Make the municipalities and partners of a pack where they are missing; what is there stays as it is.

    Returns:
        All of them. They need keys: `sluitend keys create`.
    """
    parts = load_subregions(pack)
    rows = [_municipality(one.id, one.name, parts[one.subregion]) for one in pack.municipalities]
    for partner in pack.partners:
        if partner.kind != ANY_MUNICIPALITY:
            areas = [parts[area] for area in partner.areas if area in parts]
            rows.append(_partner(partner, areas))
    return rows


def _municipality(code: str, name: str, part: Subregion) -> Organisation:
    row, _ = Organisation.objects.get_or_create(
        code=code, defaults={"name": f"Gemeente {name}", "kind": Organisation.Kind.MUNICIPALITY}
    )
    row.subregions.add(part)
    return row


def _partner(partner: Partner, areas: list[Subregion]) -> Organisation:
    kind = Organisation.Kind.REGION if partner.kind == REGIONAL_BUREAU else Organisation.Kind.PARTNER
    row, _ = Organisation.objects.get_or_create(
        code=partner.id,
        defaults={"name": partner.label.in_language("nl"), "kind": kind, "partner_key": partner.id},
    )
    row.subregions.add(*areas)
    return row
