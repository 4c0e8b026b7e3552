"""What reporters of the demonstration tell."""

from dataclasses import dataclass

from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Kind, Minor

LABOUR, SEXUAL = "arbeidsuitbuiting", "seksuele_uitbuiting"
CRIMINAL, DOMESTIC, SERVICE = "criminele_uitbuiting", "huishouden", "gedwongen_dienstverlening"
"""Ids of forms in the handbook."""

NO_NAME = IdentityContent()


@dataclass(frozen=True)
class Told:
    """What a reporter tells, and who that is.

    `account` is the address of somebody with an account; `colleague` says that the focal point typed it for
    them.
    """

    content: ReportContent
    kind: str = Kind.REPORT
    anonymity: str = Anonymity.ANONYMOUS
    minor: str = Minor.UNKNOWN
    acute: bool = False
    theme: str = ""
    identity: IdentityContent = NO_NAME
    account: str = ""
    colleague: bool = False


def advice(theme: str, question: str) -> Told:
    """Return a question for advice: nobody's data."""
    return Told(ReportContent(saw=question), kind=Kind.ADVICE, theme=theme)


def named(
    name: str, organisation: str, content: ReportContent, *, minor: str = Minor.NO, kind: str = "report"
) -> Told:
    """Return what somebody with a name tells."""
    identity = IdentityContent(name=name, organisation=organisation)
    return Told(content, kind=kind, anonymity=Anonymity.NAMED, minor=minor, identity=identity)


def own(account: str, content: ReportContent, *, minor: str = Minor.NO) -> Told:
    """Return what somebody with an account tells."""
    return Told(content, anonymity=Anonymity.NAMED, minor=minor, account=account)
