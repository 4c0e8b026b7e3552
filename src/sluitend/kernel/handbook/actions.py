"""Publishing the handbook: the only way in which a release comes into being."""

import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from .loading import load_pack
from .models import Release


def publish(folder: Path, *, actor_name: str) -> Release:
    """Check the pack in `folder` and publish it as the next numbered release.

    Publishing what is already the newest release gives that release and makes no new one.

    Args:
        folder: the folder of the pack.
        actor_name: who publishes; it stands with the release.

    Raises:
        PackInvalid: the pack has problems; nothing is published.
        IntegrityError: somebody else published at the same moment.
    """
    pack = load_pack(folder)
    with transaction.atomic():
        newest = Release.objects.order_by("-number").defer("content").first()
        if newest and newest.digest == pack.digest:
            return newest
        return Release.objects.create(
            number=newest.number + 1 if newest else 1,
            pack_id=pack.description.id,
            version=pack.description.version,
            published=timezone.now(),
            published_by=actor_name,
            content=json.loads(pack.canonical_json()),
            digest=pack.digest,
        )
