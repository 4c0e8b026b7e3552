"""The one place that says who may do what: `decide(actor, action, resource, context)`.

The database policies say *whose* rows somebody sees; this table says what a role may do with them. The
shape is that of AuthZEN:
subject, action, resource, context in; yes or no out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.organisations.models import CONFIRMERS, Role

FOCAL = frozenset({Role.FOCAL_POINT, Role.DEPUTY})
PLANNERS = FOCAL | {Role.INSPECTOR}
"""Who may plan a check, a visit or a letter; only the focal points release one."""

SIGNED_IN = frozenset(Role)


class Action(StrEnum):
    """Everything that a person can do. The value is also the action in the ledger."""

    REPORT_FILE = "report.file"
    REPORT_MAILBOX = "report.mailbox"
    REPORT_REMEMBERED = "report.remembered"
    REPORT_LIST = "report.list"
    REPORT_READ = "report.read"
    REPORT_IDENTITY = "report.identity"
    REPORT_ENTER = "report.enter"
    REPORT_INTAKE = "report.intake"
    REPORT_ANSWER = "report.answer"
    REPORT_SECOND_EYES = "report.second_eyes"
    ATTACHMENT_READ = "attachment.read"
    ATTACHMENT_ORIGINAL = "attachment.original"
    CONTACT_LIST = "contact.list"
    CONTACT_PLAN = "contact.plan"
    CONTACT_WORK = "contact.work"
    CONTACT_RELEASE = "contact.release"
    HOLD_LIST = "hold.list"
    HOLD_NOTE = "hold.note"
    HOLD_CONSULT = "hold.consult"
    HOLD_ASK = "hold.ask"
    HOLD_ASKED = "hold.asked"
    HOLD_OVERRULE = "hold.overrule"
    CASE_LIST = "case.list"
    CASE_READ = "case.read"
    CASE_WORK = "case.work"
    CASE_WEIGH = "case.weigh"
    CASE_ENRICH = "case.enrich"
    CASE_ROUTE = "case.route"
    CASE_CLOSE = "case.close"
    CASE_AGAINST_WISH = "case.against_wish"
    REFERRAL_LIST = "referral.list"
    REFERRAL_SEND = "referral.send"
    REFERRAL_RECALL = "referral.recall"
    REFERRAL_NOTE_ANSWER = "referral.note_answer"
    REFERRAL_RECEIVED_LIST = "referral.received_list"
    REFERRAL_LOOK = "referral.look"
    REFERRAL_ACCEPT = "referral.accept"
    REFERRAL_READ = "referral.read"
    REFERRAL_ANSWER = "referral.answer"
    REFERRAL_PICKUP = "referral.pickup"
    STEP_ASSIGN = "step.assign"
    TEAM_QUEUE = "team.queue"
    EXCHANGE_LIST = "exchange.list"
    TRANSFER_SEND = "transfer.send"
    TRANSFER_FOLLOW = "transfer.follow"
    TRANSFER_RECALL = "transfer.recall"
    TRANSFER_LOOK = "transfer.look"
    TRANSFER_DECIDE = "transfer.decide"
    TRANSFER_READ = "transfer.read"
    ABSENCE_COLLEAGUE = "absence.colleague"
    QUESTION_LIST = "question.list"
    REQUEST_SEND = "request.send"
    REQUEST_FOLLOW = "request.follow"
    REQUEST_RECALL = "request.recall"
    REQUEST_LOOK = "request.look"
    REQUEST_READ = "request.read"
    REQUEST_ANSWER = "request.answer"
    REQUEST_TAKE_IN = "request.take_in"
    HANDOVER = "account.handover"
    DIRECTORY = "directory"
    DIRECTORY_CONFIRM = "directory.confirm"
    CLIMBING_CHOOSE = "climbing.choose"
    SEARCH = "search"
    TODAY = "today"
    OVERVIEW = "overview"
    REGION = "region"
    HANDBOOK_EDIT = "handbook.edit"
    HANDBOOK_PUBLISH = "handbook.publish"
    LEDGER_READ = "ledger.read"
    LEDGER_VERIFY = "ledger.verify"
    ORGANISATION_MANAGE = "organisation.manage"
    ACCOUNT_MANAGE = "account.manage"
    ROLE_LIST = "role.list"
    ROLE_CONFIRM = "role.confirm"
    KEYS_MANAGE = "keys.manage"
    OWN_ACCOUNT = "own_account"


class Side(StrEnum):
    """Which organisation of the resource the actor must act for."""

    NONE = "none"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True)
class Rule:
    """The roles that may, and on which side of the resource they must stand."""

    roles: frozenset[Role]
    side: Side = Side.OWN
    public: bool = False


RULES: Mapping[Action, Rule] = {
    Action.REPORT_FILE: Rule(SIGNED_IN, Side.NONE, public=True),
    Action.REPORT_MAILBOX: Rule(SIGNED_IN, Side.NONE, public=True),
    Action.REPORT_REMEMBERED: Rule(SIGNED_IN, Side.NONE),
    Action.REPORT_LIST: Rule(FOCAL),
    Action.REPORT_READ: Rule(FOCAL),
    Action.REPORT_IDENTITY: Rule(FOCAL),
    Action.REPORT_ENTER: Rule(FOCAL, Side.NONE),
    Action.REPORT_INTAKE: Rule(FOCAL),
    Action.REPORT_ANSWER: Rule(FOCAL),
    Action.REPORT_SECOND_EYES: Rule(FOCAL),
    Action.ATTACHMENT_READ: Rule(FOCAL),
    Action.ATTACHMENT_ORIGINAL: Rule(FOCAL),
    Action.CONTACT_LIST: Rule(PLANNERS),
    Action.CONTACT_PLAN: Rule(PLANNERS),
    Action.CONTACT_WORK: Rule(PLANNERS),
    Action.CONTACT_RELEASE: Rule(FOCAL),
    Action.HOLD_LIST: Rule(FOCAL),
    Action.HOLD_NOTE: Rule(FOCAL),
    Action.HOLD_CONSULT: Rule(FOCAL),
    Action.HOLD_ASK: Rule(frozenset({Role.PARTNER}), Side.NONE),
    Action.HOLD_ASKED: Rule(frozenset({Role.PARTNER}), Side.OTHER),
    Action.HOLD_OVERRULE: Rule(frozenset({Role.MANAGER})),
    Action.CASE_LIST: Rule(FOCAL),
    Action.CASE_READ: Rule(FOCAL),
    Action.CASE_WORK: Rule(FOCAL),
    Action.CASE_WEIGH: Rule(FOCAL),
    Action.CASE_ENRICH: Rule(FOCAL),
    Action.CASE_ROUTE: Rule(FOCAL),
    Action.CASE_CLOSE: Rule(FOCAL),
    Action.CASE_AGAINST_WISH: Rule(FOCAL),
    Action.REFERRAL_LIST: Rule(FOCAL),
    Action.REFERRAL_SEND: Rule(FOCAL),
    Action.REFERRAL_RECALL: Rule(FOCAL),
    Action.REFERRAL_NOTE_ANSWER: Rule(FOCAL),
    Action.REFERRAL_RECEIVED_LIST: Rule(frozenset({Role.PARTNER}), Side.NONE),
    Action.REFERRAL_LOOK: Rule(frozenset({Role.PARTNER}), Side.OTHER),
    Action.REFERRAL_ACCEPT: Rule(frozenset({Role.PARTNER}), Side.OTHER),
    Action.REFERRAL_READ: Rule(frozenset({Role.PARTNER}), Side.OTHER),
    Action.REFERRAL_ANSWER: Rule(frozenset({Role.PARTNER}), Side.OTHER),
    Action.REFERRAL_PICKUP: Rule(SIGNED_IN, Side.NONE, public=True),
    Action.STEP_ASSIGN: Rule(FOCAL | {Role.MANAGER}),
    Action.TEAM_QUEUE: Rule(FOCAL, Side.NONE),
    Action.EXCHANGE_LIST: Rule(FOCAL, Side.NONE),
    Action.TRANSFER_SEND: Rule(FOCAL),
    Action.TRANSFER_FOLLOW: Rule(FOCAL),
    Action.TRANSFER_RECALL: Rule(FOCAL),
    Action.TRANSFER_LOOK: Rule(FOCAL, Side.OTHER),
    Action.TRANSFER_DECIDE: Rule(FOCAL, Side.OTHER),
    Action.TRANSFER_READ: Rule(FOCAL, Side.OTHER),
    Action.CLIMBING_CHOOSE: Rule(frozenset({Role.MANAGER}), Side.NONE),
    Action.HANDOVER: Rule(frozenset({Role.MANAGER, Role.ADMINISTRATOR}), Side.NONE),
    Action.ABSENCE_COLLEAGUE: Rule(frozenset({Role.MANAGER}), Side.NONE),
    Action.QUESTION_LIST: Rule(frozenset({Role.PARTNER}), Side.NONE),
    Action.REQUEST_SEND: Rule(FOCAL | {Role.PARTNER}),
    Action.REQUEST_FOLLOW: Rule(FOCAL | {Role.PARTNER}),
    Action.REQUEST_RECALL: Rule(FOCAL | {Role.PARTNER}),
    Action.REQUEST_LOOK: Rule(FOCAL | {Role.PARTNER}, Side.OTHER),
    Action.REQUEST_READ: Rule(FOCAL | {Role.PARTNER}, Side.OTHER),
    Action.REQUEST_ANSWER: Rule(FOCAL | {Role.PARTNER}, Side.OTHER),
    Action.REQUEST_TAKE_IN: Rule(FOCAL, Side.OTHER),
    Action.DIRECTORY: Rule(FOCAL | {Role.PARTNER, Role.MANAGER, Role.REGIONAL_COORDINATOR}, Side.NONE),
    Action.DIRECTORY_CONFIRM: Rule(FOCAL | {Role.PARTNER}),
    Action.SEARCH: Rule(FOCAL | {Role.PARTNER}, Side.NONE),
    Action.TODAY: Rule(SIGNED_IN, Side.NONE),
    Action.OVERVIEW: Rule(frozenset({Role.MANAGER, Role.PRIVACY_OFFICER}), Side.NONE),
    Action.REGION: Rule(FOCAL | {Role.MANAGER, Role.REGIONAL_COORDINATOR}, Side.NONE),
    Action.HANDBOOK_EDIT: Rule(frozenset({Role.REGIONAL_COORDINATOR}), Side.NONE),
    Action.HANDBOOK_PUBLISH: Rule(frozenset({Role.REGIONAL_COORDINATOR}), Side.NONE),
    Action.LEDGER_READ: Rule(frozenset({Role.PRIVACY_OFFICER}), Side.NONE),
    Action.LEDGER_VERIFY: Rule(frozenset({Role.PRIVACY_OFFICER}), Side.NONE),
    Action.ORGANISATION_MANAGE: Rule(frozenset({Role.ADMINISTRATOR}), Side.NONE),
    Action.ACCOUNT_MANAGE: Rule(frozenset({Role.ADMINISTRATOR}), Side.NONE),
    Action.ROLE_LIST: Rule(CONFIRMERS, Side.NONE),
    Action.ROLE_CONFIRM: Rule(CONFIRMERS | {Role.ADMINISTRATOR}, Side.NONE),
    Action.KEYS_MANAGE: Rule(frozenset({Role.ADMINISTRATOR}), Side.NONE),
    Action.OWN_ACCOUNT: Rule(SIGNED_IN, Side.NONE),
}


@dataclass(frozen=True)
class Resource:
    """What is acted upon: its kind and the organisations on its two sides (a case has one side)."""

    kind: str
    organisation_id: UUID | None = None
    other_organisation_id: UUID | None = None
    id: UUID | None = None


NOTHING = Resource("none")


@dataclass(frozen=True)
class Context:
    """What else a decision looks at.

    `right` names a special right that an action asks for, such as acting against a wish.
    """

    right: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def decide(
    actor: Actor, action: Action, resource: Resource = NOTHING, context: Context | None = None
) -> bool:
    """Return whether this actor may do this to this resource.

    Args:
        actor: who, acting for which organisation, in which roles.
        action: what.
        resource: on what; its organisations must match the side that the rule names.
        context: reserved for rights beyond a role; no rule reads content.

    Returns:
        True or False; nothing is written. `require` raises and is what actions call.
    """
    rule = RULES[action]
    if actor.kind == "system":
        return rule.side is Side.NONE or actor.organisation_id in (
            resource.organisation_id,
            resource.other_organisation_id,
        )
    if rule.public and rule.side is Side.NONE:
        return True
    if not actor.roles & rule.roles or actor.organisation_id is None:
        return False
    if rule.side is Side.OWN:
        return resource.organisation_id in (None, actor.organisation_id)
    if rule.side is Side.OTHER:
        return resource.other_organisation_id == actor.organisation_id
    return True


def require(
    actor: Actor, action: Action, resource: Resource = NOTHING, context: Context | None = None
) -> None:
    """Raise `Refused` unless `decide` says yes."""
    if not decide(actor, action, resource, context):
        raise Refused(action.value)
