"""Publishing the handbook: the only way in which a release comes into being."""

import json
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from .due_numbers import ended_numbers
from .loading import load_pack
from .models import Release
from .pack import Pack
from .problems import PackInvalid


class PublishedMeanwhile(Exception):
    """Raised when somebody else published a release at the same moment; nothing was published."""


def publish(folder: Path, *, actor_name: str) -> Release:
    """Check the pack in `folder` and publish it as the next numbered release.

    Args:
        folder: the folder of the pack.
        actor_name: who publishes; it stands with the release.

    Raises:
        PackInvalid: the pack has problems; nothing is published.
        PublishedMeanwhile: somebody else published at the same moment.
    """
    return publish_pack(load_pack(folder), actor_name=actor_name)


def publish_pack(pack: Pack, *, actor_name: str, base: int | None = None) -> Release:
    """Publish a pack that was checked as the next numbered release.

    Publishing what is already the newest release gives that release and makes no new one. A number to call
    that has ended is never published anew.

    Args:
        pack: what to publish.
        actor_name: who publishes; it stands with the release.
        base: the number of the release that the pack was made from, if its maker looked at one.

    Raises:
        PackInvalid: a number in the pack has ended; nothing is published.
        PublishedMeanwhile: somebody else published at the same moment, or since `base`.
    """
    try:
        with transaction.atomic():
            newest = Release.objects.order_by("-number").defer("content").first()
            if newest and newest.digest == pack.digest:
                return newest
            if base is not None and (newest is None or newest.number != base):
                raise PublishedMeanwhile
            if ended := ended_numbers(pack, timezone.localdate()):
                raise PackInvalid(ended)
            return Release.objects.create(
                number=newest.number + 1 if newest else 1,
                pack_id=pack.description.id,
                version=pack.description.version,
                published=timezone.now(),
                published_by=actor_name,
                content=json.loads(pack.canonical_json()),
                digest=pack.digest,
            )
    except IntegrityError as error:  # the number is unique, so one of two at the same moment gets it
        raise PublishedMeanwhile from error
