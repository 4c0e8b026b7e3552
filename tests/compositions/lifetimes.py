"""Of every table: what ends a row of it. A table without a line fails `test_lifetimes.py`."""

from dataclasses import dataclass
from enum import Enum

from sluitend.kernel.flow.models import kinds


class End(Enum):
    """What ends a row."""

    NEVER = "it holds no matter: reference data, people, the ledger"
    PERSON = "somebody ends it, by a verb"
    JOB = "a job ends it by itself, after its term"
    REPORT = "it goes with the report that it belongs to"
    ENVELOPE = "it goes with its envelope"
    RETENTION = "it waits for destruction after its term, which no job carries out yet: docs/plan.md"
    LIBRARY = "a library keeps it"


@dataclass(frozen=True)
class Life:
    """How rows of one table end, and by what."""

    end: End
    by: str = ""


def lives(end: End, names: str, by: str = "") -> dict[str, Life]:
    """Return the same line for several tables."""
    return dict.fromkeys(names.split(), Life(end, by))


LIVES: dict[str, Life] = {
    **lives(
        End.LIBRARY,
        "django_content_type django_migrations auth_permission auth_group auth_group_permissions "
        "account_emailaddress account_emailconfirmation organisations_account_groups "
        "organisations_account_user_permissions procrastinate_workers procrastinate_periodic_defers "
        "procrastinate_jobs procrastinate_events",
    ),
    **lives(
        End.NEVER,
        "organisations_region organisations_subregion organisations_organisation "
        "organisations_organisation_subregions organisations_account organisations_poolagreement "
        "organisations_housestyle "
        "handbook_release sealing_publickeycopy sealing_destruction sealing_ending "
        "sealing_standing ledger_event "
        "ledger_link ledger_content installation_run followup_kind followup_escalationchoice "
        "care_files_filemode "
        "exchanges_directoryentry exchanges_directoryperson assurance_figurerelease "
        "assurance_assuredterms assurance_assuredplaces assurance_questionround",
    ),
    **lives(
        End.PERSON,
        "organisations_membership organisations_team organisations_teammember organisations_absence "
        "organisations_poolmember mfa_authenticator followup_assignment reports_mark editing_draft "
        "editing_draftentry editing_checktask editing_partnercheck referrals_partnerlist "
        "reports_rememberedreceipt followup_presence "
        "followup_oncall "
        "organisations_invitation care_files_agendafeed assurance_assured",
    ),
    **lives(End.JOB, "django_session access_guess", "access.forget"),
    **lives(End.JOB, "assurance_questioncount assurance_questionmark", "assurance.rounds"),
    **lives(End.JOB, "shelter_searchplace", "shelter.by_clock"),
    **lives(End.JOB, "ledger_intake", "reports.end_day"),
    **lives(End.JOB, "forms_draft forms_sentform", "reports.sweep_all"),
    **lives(
        End.JOB,
        "visits_visit visits_waitrequest visits_visittoken visits_waitrequesttoken visits_consultation "
        "visits_waitrequestquestion",
        "visits.each_morning",
    ),
    **lives(
        End.REPORT, "reports_reporteridentity reports_reporttoken reports_mailbox reports_mailboxmessage"
    ),
    **lives(
        End.ENVELOPE,
        "sealing_envelope sealing_seal sealing_mailboxseal sealing_attachment sealing_attachmentchunk",
    ),
    **lives(
        End.RETENTION,
        "reports_report reports_passage followup_nextstep shelter_search shelter_searchnight "
        "cases_case cases_track cases_intake cases_weighing cases_lookup "
        "cases_earlierlink cases_residentsquestion cases_againstwish cases_sentreferral "
        "cases_casereport cases_subject cases_subjecttoken cases_observation cases_timelineevent "
        "referrals_referralorigin referrals_referralmessage referrals_referralfile referrals_pickup "
        "referrals_receivedtoken "
        "exchanges_transfercase exchanges_transfermessage care_files_carefile care_files_appointment",
    ),
    # What two organisations share ends with its two sides, of whatever kind it is.
    **lives(End.RETENTION, " ".join(model._meta.db_table for model in kinds().values())),
}
