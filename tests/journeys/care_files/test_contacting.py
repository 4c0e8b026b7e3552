"""May somebody be reached now: each example of care, and every set of rules against a slow reading of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.journeys.care_files.contacting import WEEKDAYS, Answer, ContactRule, Effect, may_contact

HERE = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 12, 1, 11, 0, tzinfo=HERE)
SATURDAY = TUESDAY + timedelta(days=4)
YESTERDAY, TOMORROW = date(2026, 11, 30), date(2026, 12, 2)
CALL = ContactRule("call", Effect.ONLY, days=WEEKDAYS, start=time(10), end=time(12))
MAIL = ContactRule("email", Effect.ALLOWED)
NEVER_APP = ContactRule("app", Effect.NEVER)


@pytest.mark.parametrize(
    ("rules", "channel", "at", "wanted"),
    [
        ((), "call", TUESDAY, Answer.NO_RULE),
        ((CALL,), "call", TUESDAY, Answer.YES),
        ((CALL,), "call", TUESDAY.replace(hour=12), Answer.NOT_NOW),
        ((CALL,), "call", TUESDAY.replace(hour=9, minute=30), Answer.NOT_NOW),
        ((CALL,), "call", TUESDAY.replace(hour=10), Answer.YES),
        ((CALL,), "call", SATURDAY, Answer.NOT_NOW),
        ((CALL,), "text_message", TUESDAY, Answer.ONLY_OTHERWISE),
        ((CALL, NEVER_APP), "app", TUESDAY, Answer.NEVER),
        ((CALL, MAIL), "email", TUESDAY, Answer.ONLY_OTHERWISE),
        ((MAIL,), "email", SATURDAY, Answer.YES),
        ((MAIL,), "call", TUESDAY, Answer.NO_RULE),
        ((CALL, replace(MAIL, effect=Effect.ONLY)), "email", TUESDAY, Answer.YES),
        ((replace(CALL, check_on=YESTERDAY),), "call", TUESDAY, Answer.PAST),
        ((replace(CALL, check_on=TUESDAY.date()),), "call", TUESDAY, Answer.YES),
        ((replace(CALL, check_on=YESTERDAY), MAIL), "email", TUESDAY, Answer.ONLY_OTHERWISE),
        ((replace(NEVER_APP, check_on=YESTERDAY),), "app", TUESDAY, Answer.NEVER),
    ],
)
def test_the_examples(rules: tuple[ContactRule, ...], channel: str, at: datetime, wanted: Answer) -> None:
    assert may_contact(rules, channel, at) is wanted


@pytest.mark.parametrize(("until", "wanted"), [(TOMORROW, Answer.STOPPED), (TUESDAY.date(), Answer.YES)])
def test_a_stop_beats_every_rule_until_its_day(until: date, wanted: Answer) -> None:
    assert may_contact((CALL,), "call", TUESDAY, stop_until=until) is wanted


CHANNELS = st.sampled_from(["call", "email", "app"])
HOURS = st.integers(0, 23).map(time)
DAYS = st.integers(-3, 3).map(lambda days: TUESDAY.date() + timedelta(days=days))
RULES = st.lists(
    st.builds(
        ContactRule,
        channel=CHANNELS,
        effect=st.sampled_from(Effect),
        days=st.frozensets(st.integers(1, 7)),
        start=HOURS,
        end=st.none() | HOURS,
        check_on=st.none() | DAYS,
    ),
    max_size=5,
)


def may(rules: list[ContactRule], channel: str, at: datetime, stop: date | None) -> bool:
    """Read the rules one after the other, as they are written: each closes, or opens its own way."""
    opens = False
    for rule in rules:
        if rule.effect == "never" and rule.channel == channel:
            return False
        if rule.effect == "only" and rule.channel != channel:
            same = [each for each in rules if each.effect == "only" and each.channel == channel]
            if not same:
                return False
        stronger = [each for each in rules if each.effect == "only"] if rule.effect == "allowed" else []
        if rule.channel != channel or stronger:
            continue
        minutes = at.hour * 60 + at.minute
        first = rule.start.hour * 60 + rule.start.minute
        last = 24 * 60 if rule.end is None else rule.end.hour * 60 + rule.end.minute
        in_time = at.isoweekday() in rule.days and first <= minutes < last
        opens |= in_time and not (rule.check_on and at.date() > rule.check_on)
    return opens and not (stop and at.date() < stop)


@given(RULES, CHANNELS, st.integers(0, 7 * 24 - 1), st.none() | DAYS)
def test_every_set_of_rules_reads_as_it_is_written(
    rules: list[ContactRule], channel: str, hours: int, stop: date | None
) -> None:
    at = datetime(2026, 11, 29, tzinfo=HERE) + timedelta(hours=hours)
    assert (may_contact(rules, channel, at, stop_until=stop) is Answer.YES) is may(rules, channel, at, stop)


@given(RULES, CHANNELS, st.builds(ContactRule, CHANNELS, st.sampled_from([Effect.NEVER])))
def test_to_forbid_a_way_never_opens_anything(
    rules: list[ContactRule], channel: str, never: ContactRule
) -> None:
    if may_contact(rules, channel, TUESDAY) is not Answer.YES:
        assert may_contact([*rules, never], channel, TUESDAY) is not Answer.YES
