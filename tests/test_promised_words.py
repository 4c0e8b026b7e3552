"""What a sentence on a page promises is kept by a test that can be named.

The sentences are found by their words in what is translated, so that a new promise without a test fails.
"""

import ast
import re
from functools import cache

from tests.database import ROOT

PROMISES = re.compile(
    r"[Bb]ewaren wij\b|[Ww]ij bewaren|[Bb]ewaard worden|niets bewaard|wissen wij|blijft niets achter"
    r"|alleen de code achter"
    r"|[Bb]innen %\(number\)s werkdag|meteen bericht|[Kk]omt nooit dubbel|merkt hier niets van"
    r"|[Uu] ziet nooit|nooit waar|nooit wat|verdwijnt nooit|verandert nooit|kinderen wachten nooit"
    r"|voordat u bent gebeld|voordat u overlegde|kunnen de naam openen|krijgt zij een einddatum"
    r"|niet in de database|De casus blijft van u tot de andere gemeente|om 9, 12 en 15 uur"
)
"""Words of who promises something that a reader relies on and cannot see."""

REPORTS, PUBLIC = "tests/journeys/reports/", "tests/surfaces/public/"
CARE = "tests/journeys/care/"
CLOCK = "tests/attacks/test_reporter_clock.py::"
KEPT = {
    "Alleen u en uw vervanger kunnen de naam openen.": f"{REPORTS}test_filing.py::test_the_name_opens_with_a_reason_only",
    "Geen adres. Schrijf nooit waar iemand slaapt.": "tests/journeys/care_files/test_appointments.py::test_words_that_look_like_an_address_are_refused",
    "Bewaard worden alleen thema en dag.": "tests/browser/test_reporter.py::test_advice_is_asked_without_anybodys_data",
    "Verplaatst. De melder merkt": "tests/test_outcomes.py::test_a_report_is_moved_to_another_door",
    "Niemand van de gemeente gaat daar dan heen": "tests/journeys/visits/test_releasing.py::test_a_wait_request_of_an_asker_binds_before_the_municipality_has_caught_up",
    "Vraag een gemeente om ergens niets te doen": "tests/journeys/visits/test_releasing.py::test_every_asker_must_be_consulted",
    "Hier gaat, belt of schrijft niemand": "tests/journeys/visits/test_releasing.py::test_what_came_out_of_the_consultation_decides",
    "Wat anderen plannen, wacht op u.": "tests/journeys/visits/test_inference.py::test_a_visit_that_waits_reads_the_same_whatever_is_open",
    "De vaste naam van een regel": "tests/journeys/editing/test_drafts.py::test_the_name_of_an_entry_never_changes",
    "Een uitgave verandert nooit.": "tests/kernel/handbook/test_releases.py::test_a_release_cannot_be_changed",
    "De casus blijft van u tot de andere gemeente aanneemt.": "tests/journeys/exchanges/test_transfer.py::test_until_the_other_accepts_the_case_is_the_senders_and_can_be_worked_on",
    "U ziet de inhoud pas als u de vraag aanneemt.": "tests/journeys/referrals/test_returned.py::test_no_address_of_the_partner_tells_anything_of_it",
    "Teruggestuurd. Bij u blijft alleen de code achter.": "tests/journeys/referrals/test_returned.py::test_its_key_its_tokens_and_what_was_typed_are_gone",
    "Dan gaat de vraag terug. Bij u blijft alleen de code achter.": "tests/journeys/referrals/test_returned.py::test_what_stays_is_the_code_the_day_and_how_it_ended",
    "Dit telt als antwoord. Niemand van de gemeente": "tests/journeys/visits/test_answers_ask_to_wait.py::test_an_answer_to_wait_binds_the_place_at_once",
    "Hoogstens 10 bestanden van 25 MB. Wij bewaren alleen": "tests/attacks/test_files.py::test_what_hangs_behind_a_picture_of_an_anonymous_reporter_is_gone",
    "Wat u hier invult, staat alleen in het bestand. Wij bewaren het niet.": "tests/journeys/care_files/test_taking.py::test_who_said_yes_is_registered_with_what_the_handbook_names_and_no_more",
    "Wij bewaren alleen plaatjes ervan.": "tests/journeys/care_files/test_documents.py::test_a_paper_is_kept_as_pixels_and_seen_by_who_works_there_alone",
    "Wij bewaren niet wie u bent of welke telefoon u gebruikt. U kunt": f"{REPORTS}test_filing.py::test_whoever_reports_without_a_name_leaves_none",
    "U zegt dat er nu gevaar is. Daarom": f"{REPORTS}test_filing.py::test_acute_is_swept_by_a_job_of_its_own",
    "Ongeveer drie minuten.": f"{REPORTS}test_terms.py::test_a_step_is_by_the_day_that_was_promised_and_not_before_it",
    "Binnen %(number)s werkdag lezen wij het.": f"{REPORTS}test_terms.py::test_a_step_is_by_the_day_that_was_promised_and_not_before_it",
    "Wij bewaren alleen de dag: %(day)s.": f"{CLOCK}test_after_the_night_nothing_tells_when_in_the_day_a_report_came_in",
    "Is dit nu? Dan krijgt": f"{REPORTS}test_danger.py::test_danger_in_the_report_is_asked_and_makes_it_acute",
    "Niemand zou uw melding lezen.": "tests/surfaces/desk/test_connected.py::test_no_action_takes_a_report_where_nobody_reads",
    "Wij werken alleen voor de gemeenten in deze regio.": f"{REPORTS}test_pages.py::test_a_place_elsewhere_stores_nothing",
    "Wat u typt, bewaren wij voor u tot u verstuurt.": f"{REPORTS}test_pages.py::test_a_draft_is_for_its_writer",
    "De aandachtsfunctionaris krijgt meteen bericht": "tests/surfaces/desk/test_away.py::test_an_acute_report_while_both_are_away_reaches_the_manager_within_a_quarter_of_an_hour",
    "Ook zichtbaar voor de regiocoördinator": "tests/surfaces/desk/test_away.py::test_the_region_sees_it_only_where_the_municipality_chose_so",
    "Termijnen tellen in uw dagen.": "tests/test_outcomes.py::test_what_cannot_wait_goes_to_somebody_who_is_there",
    "Een stap klimt van wie het doet": "tests/kernel/followup/test_escalation.py::test_the_mail_says_that_something_waits_and_never_what",
    "Alles gaat in één keer over, of niets.": "tests/test_handover.py::test_it_refuses_to_be_partial",
    "Met deze openbare sleutels": "tests/surfaces/desk/test_administration.py::test_keys_show_what_is_public_and_nothing_else",
    "U ziet wat er moet gebeuren en wanneer": "tests/attacks/test_stolen.py::test_an_administrator_and_whoever_has_no_business_with_content_see_none",
    "Wie hier werkt, in welke rol en tot wanneer.": "tests/surfaces/desk/test_administration.py::test_an_account_is_closed_and_opened_again",
    "Alleen gemeenten die kozen om dit te laten zien.": "tests/surfaces/desk/test_away.py::test_ten_is_a_number_and_nine_is_none",
    "Hier staat wat de laatste keer mislukte": "tests/attacks/test_stolen.py::test_an_administrator_and_whoever_has_no_business_with_content_see_none",
    "Wat u hier zoekt, bewaren wij niet.": "tests/surfaces/handbook/test_searching.py::test_what_is_searched_stands_in_no_address_and_nothing_of_it_runs",
    "Wat u hier kiest of typt, bewaren wij niet.": "tests/surfaces/handbook/test_calling.py::test_a_typed_place_is_resolved_and_stands_nowhere_in_the_answer",
    "Wij zoeken de gemeente erbij.": "tests/surfaces/handbook/test_calling.py::test_a_typed_place_is_resolved_and_stands_nowhere_in_the_answer",
    "U meldt zonder naam. Wat u typt, blijft op deze": f"{REPORTS}test_wizard.py::test_without_a_name_nothing_is_kept_of_who_is_signed_in",
    "Kiest u voor melden met uw naam?": f"{REPORTS}test_wizard.py::test_without_a_name_nothing_is_kept_of_who_is_signed_in",
    "Wat u typt, staat alleen op uw scherm.": f"{REPORTS}test_pages.py::test_the_steps_follow_each_other_and_set_no_cookie",
    "Wij bewaren niet wie u bent of welke telefoon u gebruikt. Ook": f"{CLOCK}test_after_the_night_nothing_tells_in_which_order_they_came_in",
    "Wij bewaren uw naam apart en op slot.": f"{REPORTS}test_filing.py::test_the_name_opens_with_a_reason_only",
    "Op werkdagen krijgt die": f"{REPORTS}test_jobs.py::test_the_mail_goes_at_fixed_hours_of_a_work_day",
    "Als uw melding is afgerond": f"{REPORTS}test_filing.py::test_a_destroyed_report_is_a_count",
    "Dit is dringend. Daarom bewaren wij ook hoe laat": f"{CARE}test_asking.py::test_the_minute_is_kept_of_what_is_hurried_and_of_nothing_else",
    "Vroeg u hulp voor iemand? Dan leest alleen de organisatie": f"{CARE}test_asking.py::test_the_row_is_of_the_care_organisation_and_of_nobody_else",
    "De verbinding viel weg.": "tests/browser/test_connection.py::test_an_answer_that_is_lost_costs_neither_the_report_nor_its_code",
}
"""How a promise begins, and the test that keeps it."""


@cache
def promises() -> tuple[str, ...]:
    """Return every sentence that promises something."""
    blocks = (ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text().split("\n\n")
    found = (re.search(r'^msgid ((?:".*"\n?)+)', block, re.MULTILINE) for block in blocks)
    texts = ("".join(map(ast.literal_eval, each[1].strip().split("\n"))) for each in found if each)
    return tuple(text for text in texts if PROMISES.search(text))


def test_every_promise_has_a_test() -> None:
    assert [text for text in promises() if not text.startswith(tuple(KEPT))] == []


def test_nothing_is_listed_that_no_page_promises() -> None:
    assert [start for start in KEPT if not any(text.startswith(start) for text in promises())] == []


def test_each_of_those_tests_is_there() -> None:
    for node in KEPT.values():
        path, _, name = node.partition("::")
        assert f"\ndef {name}(" in (ROOT / path).read_text(), node
