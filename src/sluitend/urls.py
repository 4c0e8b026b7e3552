"""The map of addresses. The public process mounts only what needs no account, that of the desk the rest."""

from django.conf import settings
from django.urls import include, path

from sluitend import journeys
from sluitend.surfaces import errors, health, well_known
from sluitend.surfaces.elsewhere import not_served

handler400 = errors.bad_request
handler403 = errors.not_found
handler404 = errors.not_found
handler500 = errors.failed

PUBLIC = (
    "sluitend.surfaces.public.urls",
    "sluitend.surfaces.helping.urls",
    "sluitend.journeys.assurance.public_urls",
    "sluitend.journeys.care.public_urls",
    "sluitend.journeys.editing.public_urls",
    "sluitend.journeys.reports.public_urls",
    "sluitend.journeys.referrals.public_urls",
)

# At the desk too: who is signed in there also reads what is not confirmed yet.
EVERYWHERE = "sluitend.surfaces.handbook.urls"

# Those of cases first: no others are asked so often, and each that stands before is tried.
AT_WORK = [
    "sluitend.surfaces.desk.work_urls",
    *(f"sluitend.journeys.{each}.urls" for each in sorted(journeys.NAMES, key=lambda each: each != "cases")),
]

# First, by how they all begin: a page at work is not held against every address for everybody.
desk = path("werk/", include([path("", include(each)) for each in AT_WORK]))

urlpatterns = [
    *([] if settings.SLUITEND_PUBLIC_ONLY else [desk]),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.icon, name="favicon"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    *(path("", include(not_served(each) if settings.SLUITEND_DESK_ONLY else each)) for each in PUBLIC),
    path("", include(EVERYWHERE)),
]

if not settings.SLUITEND_PUBLIC_ONLY:
    urlpatterns += [
        path("", include("sluitend.surfaces.desk.urls")),
        path("", include("sluitend.journeys.administration.account_urls")),
    ]

if settings.DEMO or settings.TESTING:
    urlpatterns.append(path("stijlgids/", include("sluitend.surfaces.styleguide.urls")))
