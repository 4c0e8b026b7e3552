"""The house style of each organisation, and the version that waits for a second person."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sluitend.kernel.organisations.models import HouseStyle, Organisation

OFFICIAL = "Gemeente "
SAID = ("name", "question", "about", "contact", "privacy", "site", "colours")


@dataclass(frozen=True)
class Style:
    """A version: what it says, its colours as an address writes them, and whether it has a mark."""

    id: UUID | None
    name: str
    question: str = ""
    about: str = ""
    contact: str = ""
    privacy: str = ""
    site: str = ""
    colours: str = ""
    has_mark: bool = False


def published() -> tuple[dict[str, Style], Style | None]:
    """Return the newest public version of each municipality by its code, and that of the region."""
    rows = HouseStyle.objects.filter(published__isnull=False).annotate(has_mark=Q(mark__isnull=False))
    # The public role may not read who made it, and who looked.
    rows = rows.select_related("organisation").only(*SAID, "organisation__code", "organisation__kind")
    towns: dict[str, Style] = {}
    region = None
    for row in rows.order_by("published"):
        if row.organisation.kind == Organisation.Kind.REGION:
            region = of_row(row)
        else:
            towns[row.organisation.code] = of_row(row)
    return towns, region


def versions() -> QuerySet[HouseStyle]:
    """Return the versions that whoever acts may see, without their marks."""
    return HouseStyle.objects.defer("mark").annotate(has_mark=Q(mark__isnull=False))


def of_row(row: HouseStyle) -> Style:
    """Return what one of `versions()` says."""
    said: dict[str, str] = {each: getattr(row, each) for each in SAID}
    return Style(row.id, **said, has_mark=bool(getattr(row, "has_mark", False)))


def mark_of(style_id: UUID) -> bytes | None:
    """Return the mark of a version that whoever acts may see, as the pixels that we made of it."""
    found = HouseStyle.objects.filter(pk=style_id).values_list("mark", flat=True).first()
    return bytes(found) if found else None


def letterhead(code: str, name: str) -> tuple[str, bytes | None]:
    """Return the name and the mark on paper of an organisation, as it made them public. One statement.

    Args:
        code: of the organisation.
        name: where it made nothing public; it has no mark then.
    """
    own = HouseStyle.objects.filter(organisation__code=code, published__isnull=False)
    found = own.order_by("-published").values_list("name", "mark").first()
    return (found[0], bytes(found[1]) if found[1] else None) if found else (name, None)


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence; one that does not begin as ours do stays as it is."""
    if not name.startswith(OFFICIAL):
        return name
    return _("de gemeente %(name)s") % {"name": name.removeprefix(OFFICIAL)}
