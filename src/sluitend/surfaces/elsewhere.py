"""Addresses that this process knows and does not serve: the public pages, where the desk runs by itself."""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.urls.resolvers import RoutePattern

KEPT = frozenset({"leave", "language", "privacy", "accessibility", "house_colours", "house_mark"})
"""What anybody at the desk needs: pages around it, and the colours and mark of who stands above one."""


def elsewhere(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Send a reader to the public pages, when their address is known; a form is never sent on."""
    address: str = settings.SLUITEND_PUBLIC_ADDRESS
    if not address or request.method not in ("GET", "HEAD"):
        raise Http404
    return HttpResponseRedirect(f"{address.rstrip('/')}{request.path}")


def to_desk(request: HttpRequest) -> HttpResponse:
    """Begin at the desk: here is no public front door."""
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


def not_served(name: str) -> list[URLPattern]:
    """Return the addresses of a module that pages link to, each leading elsewhere but those we keep."""
    module: ModuleType = import_module(name)
    return [_pattern(each) for each in module.urlpatterns]


def _pattern(each: URLPattern) -> URLPattern:
    if each.name in KEPT:
        return each
    view = to_desk if each.name == "home" else elsewhere
    return URLPattern(RoutePattern(str(each.pattern), name=each.name, is_endpoint=True), view, {}, each.name)
