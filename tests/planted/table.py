"""Every fault, app by app."""

from tests.planted import (
    cases,
    desk,
    exchanges,
    followup,
    ledger,
    organisations,
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
        referrals,
        exchanges,
        visits,
        followup,
        organisations,
        sealing,
        ledger,
        desk,
    )
    for fault in app.FAULTS
)
