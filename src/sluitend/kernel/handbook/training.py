"""Training: what each role must know, and questions to practise with."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .approach import AnyFormId
from .entries import BothLanguages, Entry, Fact, Refers, Structure
from .recognition import IndicatorId


class TrainingRole(Entry):
    """A group of colleagues that trains together."""

    label: BothLanguages


TrainingRoleId = Annotated[str, Refers("training_roles", frozenset({"all"}))]


class LearningGoals(Fact):
    """What one role knows and can do after its module."""

    role: TrainingRoleId
    goals: tuple[BothLanguages, ...] = Field(min_length=1)


class TrainingAnswer(Structure):
    """One of the answers to a question."""

    key: str = Field(pattern="^[A-D]$")
    text: BothLanguages


class TrainingQuestion(Fact):
    """A situation with answers; exactly one is right."""

    roles: tuple[TrainingRoleId, ...] = Field(min_length=1)
    forms: tuple[AnyFormId, ...] = Field(min_length=1)
    level: str = Field(pattern="^(basic|advanced)$")
    situation: BothLanguages
    question: BothLanguages
    answers: tuple[TrainingAnswer, ...] = Field(min_length=2, max_length=4)
    right: str = Field(pattern="^[A-D]$")
    explanation: BothLanguages
    indicators: tuple[IndicatorId, ...] = ()
    emergency: bool

    @model_validator(mode="after")
    def _right_is_an_answer(self) -> Self:
        if self.right not in {answer.key for answer in self.answers}:
            raise ValueError(
                "het juiste antwoord staat niet bij de antwoorden|the right answer is not among the answers"
                "|zet bij right de letter van een antwoord|put the letter of an answer at right"
            )
        return self
