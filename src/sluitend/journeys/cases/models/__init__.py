"""Cases: what a municipality works on."""

from sluitend.journeys.cases.models.decided import (
    AgainstWish,
    EarlierLink,
    Intake,
    LookUp,
    ResidentsQuestion,
    SentReferral,
    Weighing,
)
from sluitend.journeys.cases.models.known import CaseReport, Observation, Subject, SubjectToken, TimelineEvent
from sluitend.journeys.cases.models.matters import (
    PRESSING,
    Answer,
    Case,
    Minor,
    Noted,
    Track,
    TrackKind,
    graver,
    is_minor,
)

__all__ = [
    "PRESSING",
    "AgainstWish",
    "Answer",
    "Case",
    "CaseReport",
    "EarlierLink",
    "Intake",
    "LookUp",
    "Minor",
    "Noted",
    "Observation",
    "ResidentsQuestion",
    "SentReferral",
    "Subject",
    "SubjectToken",
    "TimelineEvent",
    "Track",
    "TrackKind",
    "Weighing",
    "graver",
    "is_minor",
]
