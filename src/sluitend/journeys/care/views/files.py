"""Files that came along from the other door: pages that we drew, and the text of what is only text."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.journeys.care.journey import CARE_ATTACHMENT, CARE_ORIGINAL
from sluitend.journeys.reports import actions as report_actions
from sluitend.journeys.reports import queries as report_queries
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import READING, actor_of, guarded
from sluitend.kernel.sealing.downloads import original_response, page_response


@guarded(CARE_ATTACHMENT, *READING)
def page(request: HttpRequest, code: str, page_id: UUID) -> HttpResponse:
    """Give a page of a file: pixels that we made."""
    # Read whole, within the transaction that logs it: nothing leaves before its line stands in the ledger.
    return page_response(report_queries.page(page_id, actor_of(request), CARE_ATTACHMENT), page_id)


@guarded(CARE_ORIGINAL, "POST")
def original(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponse:
    """Give a file to keep, with a reason that stands in the ledger."""
    reason, actor = request.POST.get("reason", ""), actor_of(request)
    try:
        found = report_actions.open_original(attachment_id, reason=reason, actor=actor, action=CARE_ORIGINAL)
    except DomainError as error:
        messages.warning(request, error.message)
        return redirect("care:request", code=code)
    return original_response(found.content, found.name, found.media_type)
