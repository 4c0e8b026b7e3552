"""Every fault, app by app."""

from tests.planted import (
    cases,
    desk,
    exchanges,
    followup,
    forms,
    helping,
    ledger,
    organisations,
    pictures,
    plans,
    referrals,
    reports,
    sealing,
    visits,
)

FAULTS = tuple(
    fault
    for app in (
        reports,
        cases,
        plans,
        pictures,
        referrals,
        exchanges,
        visits,
        followup,
        forms,
        helping,
        organisations,
        sealing,
        ledger,
        desk,
    )
    for fault in app.FAULTS
)
