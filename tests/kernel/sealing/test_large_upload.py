"""The largest file that we take is drawn and stored within the limits of the web roles."""

import io
import os
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from tests.kernel.sealing.conftest import HOME

from sluitend.cli.rights import WEB_LIMITS
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.sealing.attachments import Sender, read_chunks, store
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.uploads import MAX_BYTES


def large_picture() -> bytes:
    """Noise, which does not compress: as large as it may be, of a camera's size."""
    side = 5000
    image = Image.frombytes("RGB", (side, side), os.urandom(3 * side * side))
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=90)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("organisations_with_keys")
def test_a_file_of_twenty_megabytes_is_drawn_while_the_transaction_waits() -> None:
    content = large_picture()
    assert MAX_BYTES * 0.8 < len(content) <= MAX_BYTES
    upload = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
    with acting(system_actor(HOME)):
        with connection.cursor() as cursor:
            for name, value in WEB_LIMITS.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        envelope = create_envelope(organisation_id=HOME)
        row = store(upload, envelope, HOME, Sender.ANONYMOUS, owner_kind="report", owner_id=uuid4())
        assert sum(len(chunk) for chunk in read_chunks(row, envelope)) == row.size
