"""Files that came along from the other door: pages that we drew, and the text of what is only text."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.journeys.care.journey import CARE_ATTACHMENT, CARE_ORIGINAL
from sluitend.journeys.reports import actions as report_actions
from sluitend.journeys.reports import queries as report_queries
from sluitend.kernel.access.views import READING, actor_of, guarded, tried

SANDBOX = "sandbox; default-src 'none'"


@guarded(CARE_ATTACHMENT, *READING)
def page(request: HttpRequest, code: str, page_id: UUID) -> HttpResponse:
    """Give a page of a file: pixels that we made."""
    # Read whole, within the transaction that logs it: nothing leaves before its line stands in the ledger.
    content = report_queries.page(page_id, actor_of(request), CARE_ATTACHMENT)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="bestand-{str(page_id)[:8]}.jpg"'
    response["Content-Security-Policy"] = SANDBOX
    return response


@guarded(CARE_ORIGINAL, "POST")
def original(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponse:
    """Give a file to keep, with a reason that stands in the ledger."""
    reason, found = request.POST.get("reason", ""), list[report_actions.Original]()
    error = tried(
        lambda: found.append(
            report_actions.open_original(
                attachment_id, reason=reason, actor=actor_of(request), action=CARE_ORIGINAL
            )
        )
    )
    if error is not None:
        messages.warning(request, error.message)
        return redirect("care:request", code=code)
    response = HttpResponse(found[0].content, content_type=found[0].media_type)
    response["Content-Disposition"] = f'attachment; filename="{found[0].name}"'
    response["Content-Security-Policy"] = SANDBOX
    return response
