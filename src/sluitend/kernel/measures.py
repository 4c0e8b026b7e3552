"""What is counted and timed, for Prometheus. A measure has no label that says who or which municipality.

With `PROMETHEUS_MULTIPROC_DIR` in the environment the processes of one web server count together, in files
there. Of pages for everybody only failures and people held back are counted: see ADR 0023.
"""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# When a count began is a moment too.
disable_created_metrics()  # type: ignore[no-untyped-call]

BUCKETS = (0.01, 0.025, 0.05, 0.06, 0.1, 0.12, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Histogram(
    "sluitend_request_seconds",
    "Pages of the desk, by the name of the page and the class of the answer",
    ["route", "status"],
    buckets=BUCKETS,
)
FAILED_FOR_ALL = Counter("sluitend_public_failed", "Pages for everybody that failed")
HELD_BACK = Counter("sluitend_held_back", "Tries that were refused because there were too many", ["what"])
REFUSED = Counter("sluitend_refused", "Pages of the desk that were refused or are not there")
SIGN_INS = Counter("sluitend_sign_ins", "Tries to sign in", ["outcome"])
OPENED = Counter("sluitend_envelopes_opened", "Envelopes opened for somebody, by this kind of process")
FEED_DROPPED = Counter("sluitend_security_feed_dropped", "Lines of the security feed that were not written")
CONNECTIONS = Gauge(
    "sluitend_database_connections",
    "Connections to the database of each web process when a page of the desk was answered last",
    ["state"],
    multiprocess_mode="livesum",
)
SWEPT = Counter("sluitend_reports_swept", "Reports of days that are over, when their day was ended")
LAST_SWEEP = Gauge(
    "sluitend_last_sweep_timestamp_seconds",
    "When a sweep that runs by the clock ended",
    multiprocess_mode="mostrecent",
)
ESCALATED = Counter("sluitend_steps_escalated", "Next steps that climbed because they waited too long")
