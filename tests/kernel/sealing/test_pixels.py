"""What a stranger sent is drawn behind shut doors: nothing is reached from inside, and pixels come out."""

import ctypes
import io
import platform
import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests import tiers
from tests.kernel.sealing import samples
from tests.kernel.sealing.samples import PLANTED

from sluitend.kernel.sealing import cage, drawing, pixels

PDF = "application/pdf"
BREAK_OUT = {
    "read": "open('/etc/passwd')",
    "list": "os.listdir('/')",
    "write": "open('/tmp/sluitend-broke-out', 'w')",
    "write in place": "os.open('.', os.O_WRONLY | os.O_TMPFILE)",
    "tcp": "socket.socket()",
    "udp": "socket.socket(type=socket.SOCK_DGRAM)",
    "unix": "socket.socket(socket.AF_UNIX)",
    "pair": "socket.socketpair()",
    "exec": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork()",
    "spawn": "subprocess.run(['/bin/true'])",
    "thread": "threading.Thread(target=print).start()",
    "signal": "os.kill(os.getppid(), 0)",
    "memory": "bytearray(2 ** 30)",
    "chmod": "os.chmod('/proc/self', 0o777)",
    "become root": "os.setuid(0)",
    "memory of another": "open(f'/proc/{os.getppid()}/mem', 'rb')",
    "a file in memory": "os.memfd_create('x')",
    "more again": "resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))",
    "a module": "__import__('wave')",
}
INSIDE = """
import os, resource, socket, subprocess, sys, threading
from sluitend.kernel.sealing import cage
cage.shut()
try:
    {attempt}
except (OSError, MemoryError, RuntimeError, ValueError, ImportError) as error:
    sys.stdout.write("refused " + type(error).__name__)
else:
    sys.stdout.write("DONE")
sys.stdout.flush()
"""


def inside(attempt: str, before: tuple[str, ...] = ()) -> str:
    """Try something from inside, and say what came of it."""
    done = subprocess.run(
        [*before, sys.executable, "-I", "-c", INSIDE.format(attempt=attempt)],
        capture_output=True,
        timeout=60,
        check=False,
        env={},
        cwd="/",
    )
    return done.stdout.decode()


@pytest.mark.parametrize("attempt", BREAK_OUT.values(), ids=BREAK_OUT.keys())
def test_from_inside_nothing_can_be_reached(attempt: str) -> None:
    assert inside(attempt).startswith("refused")
    outer = pixels._outer()
    if outer:
        assert inside(attempt, outer).startswith("refused")


def test_what_drawing_needs_is_still_there() -> None:
    assert inside("sys.stdout.write(str(sum(range(9))) + ' ')") == "36 DONE"


def test_a_machine_without_a_fence_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise cage.NoCage

    class Sent:
        buffer = io.BytesIO(samples.picture())

    monkeypatch.setattr(cage, "shut", broken)
    monkeypatch.setattr(sys, "stdin", Sent)
    assert drawing.main("image/jpeg") == drawing.NO_CAGE


@pytest.mark.parametrize("reason", ["landlock", "seccomp"])
def test_each_fence_must_hold(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    for name in ("_become_nobody", "_limit"):
        monkeypatch.setattr(cage, name, lambda: None)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: Silent())
    if reason == "landlock":
        monkeypatch.setattr(cage, "landlock_version", lambda: 0)
    else:
        monkeypatch.setattr(cage, "_shut_files", lambda libc: None)
        monkeypatch.setattr(platform, "machine", lambda: "sparc")
    with pytest.raises(cage.NoCage, match=reason):
        cage.shut()


class Silent:
    """A kernel that says yes to everything."""

    def prctl(self, *_arguments: object) -> int:
        return 0


def drawn(content: bytes, kind: str) -> list[Image.Image]:
    return [Image.open(io.BytesIO(each)) for each in pixels.drawn(content, kind)]


@pytest.mark.parametrize(("wanted", "kind"), [(one, kind) for kind, one in drawing.PICTURES.items()])
def test_a_picture_keeps_its_look_and_loses_its_story(wanted: str, kind: str) -> None:
    (content,) = pixels.drawn(samples.picture(wanted), kind)

    assert PLANTED not in content
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (20, 40), "turned upright"
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)
        red, _green, blue = image.convert("RGB").getpixel((10, 4))  # type: ignore[misc]
        assert red > 200 > 60 > blue


def test_what_is_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, format="PNG")
    (image,) = drawn(out.getvalue(), "image/png")
    assert image.getpixel((1, 1)) == (255, 255, 255)


def test_a_large_photo_is_made_smaller() -> None:
    (image,) = drawn(samples.picture(size=(8000, 100), orientation=1), "image/jpeg")
    assert image.size == (4000, 50) or max(image.size) <= drawing.LONGEST_SIDE


def test_a_pdf_is_its_pages_and_nothing_else() -> None:
    (content,) = pixels.drawn(samples.pdf(), PDF)
    assert PLANTED not in content
    with Image.open(io.BytesIO(content)) as image:
        assert max(image.size) == 417
        assert image.getcolors(2**20) != [(417 * 417, (255, 255, 255))], "the photograph still shows"


def huge() -> bytes:
    """A page as large as a country."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page().MediaBox = [0, 0, 14_400_000, 14_400_000]
    document.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A picture of 40,000 by 40,000 in some bytes."""
    out = io.BytesIO()
    with Image.new("1", (40_000, 40_000)) as image:
        image.save(out, format="PNG")
    return out.getvalue()


def locked() -> bytes:
    """A PDF that opens with a password alone."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    return out.getvalue()


def endless() -> bytes:
    """A page that draws itself, again and again."""
    document, out = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(200, 200))
    form = document.make_stream(b"/F Do /F Do")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 200, 200]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = document.make_stream(b"/F Do")
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind", "why"),
    [
        (lambda: samples.pages(drawing.MOST_PAGES + 1), PDF, pixels.TooLarge),
        (bomb, "image/png", pixels.TooLarge),
        (lambda: samples.pdf()[:500], PDF, pixels.Unreadable),
        (locked, PDF, pixels.Unreadable),
        (lambda: b"%PDF-1.7 nonsense", PDF, pixels.Unreadable),
        (lambda: samples.picture()[:300], "image/jpeg", pixels.Unreadable),
        (lambda: b"", "image/png", pixels.Unreadable),
    ],
)
def test_what_is_hostile_or_broken_ends_in_words(
    make: Callable[[], bytes], kind: str, why: type[pixels.NotDrawn]
) -> None:
    with pytest.raises(why):
        list(pixels.drawn(make(), kind))


@pytest.mark.parametrize("make", [huge, endless, samples.pdf])
def test_what_is_hostile_and_can_be_drawn_is_small(make: Callable[[], bytes]) -> None:
    try:
        pages = drawn(make(), PDF)
    except pixels.NotDrawn:
        return
    assert all(max(page.size) <= drawing.LONGEST_SIDE_OF_PAGE for page in pages)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "_CHILD", ("-I", "-c", "import sys, time; sys.stdin.read(); time.sleep(60)"))
    with pytest.raises(pixels.TooLarge):
        list(pixels.drawn(b"x", PDF, seconds=0.5))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0\0\1",
        b"\0\0\0\1\0\0\0\1ab",
        b"\xff" * 8,
        b"\0\0\0\1\0\0\0\0",
        b"\0\0\0\1\0\0\0\1abc" * (drawing.MOST_PAGES + 1),
    ],
)
def test_a_child_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    line = f"import sys; sys.stdin.read(); sys.stdout.buffer.write({said!r})"
    monkeypatch.setattr(pixels, "_CHILD", ("-I", "-c", line))
    with pytest.raises(pixels.Unreadable):
        list(pixels.drawn(b"x", PDF))


@given(st.binary(max_size=300))
@settings(
    max_examples=tiers.either(5, 50),  # each starts two processes
    suppress_health_check=[HealthCheck.too_slow],
)
def test_any_bytes_end_in_pixels_or_words(content: bytes) -> None:
    for head, kind in ((b"%PDF-1.7\n", PDF), (b"\xff\xd8\xff\xe0", "image/jpeg")):
        with pytest.raises(pixels.NotDrawn):
            list(pixels.drawn(head + content, kind))


def test_the_fences_of_this_machine_are_told() -> None:
    found = pixels.fences()
    assert found.shut
    assert found.landlock >= 1
