"""Forms of cases and of the inbox. They say what was typed wrongly; what may be done is up to the actions."""

from sluitend.journeys.cases.forms.intake import (
    AdviceForm,
    AskForm,
    IdentityForm,
    IntakeForm,
    KindForm,
    ReadForm,
)
from sluitend.journeys.cases.forms.measures import AddMeasureForm, EvidenceForm, GiveForm, ResultForm
from sluitend.journeys.cases.forms.notes import (
    CloseTrackForm,
    DueForm,
    NoteForm,
    ObservationForm,
    SubjectForm,
    TrackForm,
)
from sluitend.journeys.cases.forms.plan import ActionForm, FactForm, ReleaseForm, ResidentsForm
from sluitend.journeys.cases.forms.steps import (
    AgainstWishForm,
    CloseForm,
    CopyForm,
    LookUpForm,
    ReachForm,
    ReopenForm,
    WeighForm,
    WishForm,
)

__all__ = [
    "ActionForm",
    "AddMeasureForm",
    "AdviceForm",
    "AgainstWishForm",
    "AskForm",
    "CloseForm",
    "CloseTrackForm",
    "CopyForm",
    "DueForm",
    "EvidenceForm",
    "FactForm",
    "GiveForm",
    "IdentityForm",
    "IntakeForm",
    "KindForm",
    "LookUpForm",
    "NoteForm",
    "ObservationForm",
    "ReachForm",
    "ReadForm",
    "ReleaseForm",
    "ReopenForm",
    "ResidentsForm",
    "ResultForm",
    "SubjectForm",
    "TrackForm",
    "WeighForm",
    "WishForm",
]
