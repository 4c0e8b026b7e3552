"""Spans of pages of the desk for OpenTelemetry: the name of the page, its status and how many statements.

Off unless `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector. A span has the trace of the ledger, so that they
can be laid side by side. Pages for everybody have none: a span has a time.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from sluitend.kernel.access.scope import Scope, current_trace

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span, Tracer


class Page:
    """The span of one page; one that is not exported does nothing."""

    def __init__(self, scope: Scope, span: "Span | None" = None) -> None:
        self.statements = 0
        self._scope = scope
        self._span = span

    def count(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Count a statement; what it says and with which values is nobody's business."""
        self.statements += 1
        return execute(*statement)

    def end(self, status: int) -> None:
        """Write how the page ended."""
        if self._span is None:
            return
        from opentelemetry.trace import StatusCode

        self._span.update_name(self._scope.route)
        self._span.set_attributes(
            {
                "http.route": self._scope.route,
                "http.response.status_code": status,
                "sluitend.statements": self.statements,
            }
        )
        if status >= 500:
            self._span.set_status(StatusCode.ERROR)


@contextmanager
def spanned(scope: Scope) -> Iterator[Page]:
    """Give the span of a page of the desk, or one that does nothing."""
    if not (settings.SLUITEND_TRACES and scope.desk):
        yield Page(scope)
        return
    from opentelemetry.trace import SpanKind

    with ExitStack() as stack:
        span = stack.enter_context(
            tracer(os.getpid()).start_as_current_span(
                "desk", kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
            )
        )
        page = Page(scope, span)
        stack.enter_context(connection.execute_wrapper(page.count))
        yield page


@cache
def tracer(_process: int) -> "Tracer":
    """Return the tracer of a process: its exporter works from a thread, which a child does not inherit."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return make_tracer(OTLPSpanExporter(), at_once=False)


def make_tracer(exporter: "SpanExporter", *, at_once: bool) -> "Tracer":
    """Return a tracer for an exporter. Of this machine nothing is said but the kind of process."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class LedgerIds(RandomIdGenerator):
        """The trace of the ledger is the trace of the span."""

        def generate_trace_id(self) -> int:
            return int(current_trace(), 16)

    provider = TracerProvider(
        resource=Resource({"service.name": "sluitend", "sluitend.process": settings.SLUITEND_PROCESS}),
        id_generator=LedgerIds(),
    )
    provider.add_span_processor((SimpleSpanProcessor if at_once else BatchSpanProcessor)(exporter))
    return provider.get_tracer("sluitend")
