"""Every fault, app by app."""

from tests.planted import (
    cases,
    contacts,
    desk,
    exchanges,
    followup,
    ledger,
    organisations,
    referrals,
    reports,
    sealing,
)

FAULTS = tuple(
    fault
    for app in (
        reports,
        cases,
        referrals,
        exchanges,
        contacts,
        followup,
        organisations,
        sealing,
        ledger,
        desk,
    )
    for fault in app.FAULTS
)
