"""A button at the desk that asks nothing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.kernel.access.views import View, actor_of, guarded, tried
from sluitend.kernel.manifest import Permission, Words

REQUEST = "care:request"


def press(right: Permission, action: Callable[..., None], done: Words, page: str = REQUEST) -> View[[str]]:
    """Return the view of a button: it goes back to the page, which says what came of it.

    Args:
        right: without it the address does not exist.
        action: what is done; it takes the code and the actor.
        done: what the page says then.
        page: the name of the address of that page.
    """

    @guarded(right, "POST")
    def pressed(request: HttpRequest, code: str) -> HttpResponse:
        error = tried(lambda: action(code=code, actor=actor_of(request)))
        if error is not None:
            messages.warning(request, error.message)
        else:
            messages.success(request, str(done))
        return redirect(page, code=code)

    return pressed
