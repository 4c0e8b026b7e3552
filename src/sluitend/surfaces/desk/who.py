"""What the views of the desk share."""

from django.http import HttpRequest

from sluitend.kernel.organisations.models import Account


def account_of(request: HttpRequest) -> Account:
    """Return the account that is signed in, for views behind `guarded`."""
    assert isinstance(request.user, Account)  # noqa: S101  (narrows the type)
    return request.user
