"""What a stranger sent, as pixels: drawn by a child behind shut doors, checked and put into JPEG here."""

import io
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, cast

import structlog
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import sluitend
from sluitend.kernel.sealing import cage, drawing, reading
from sluitend.kernel.sheet import SetLine, WordsSheet
from sluitend.kernel.sheet import as_pdf as words_as_pdf

SECONDS = 60
MOST_BYTES = 60 * 1024 * 1024
"""Of all pages together, as JPEG."""
QUALITY = 80
DOTS = 150.0
MOST_SAID = 4 * reading.MOST_SIGNS + 2 * reading.MOST_LINES + 1
"""Bytes of the words of a file: no sign takes more than four."""

NOTICES = {
    reading.DOCX: gettext_lazy(
        "Dit zijn de woorden uit een Word-bestand. Plaatjes en opmaak staan er niet bij, en ook niet wat "
        "iemand weghaalde. Een teken dat hier niet te tonen is, is een vierkantje."
    ),
    reading.XLSX: gettext_lazy(
        "Dit zijn de cellen uit een Excel-bestand, een rij per regel. Plaatjes, grafieken, opmaak en "
        "formules staan er niet bij. Een teken dat hier niet te tonen is, is een vierkantje."
    ),
    reading.TEXT: gettext_lazy(
        "Dit zijn de woorden uit een tekstbestand. Een teken dat hier niet te tonen is, is een vierkantje."
    ),
}
PLACES = {
    "margins": gettext_lazy("Boven en onder aan de bladzijden"),
    "notes": gettext_lazy("Noten"),
    "comments": gettext_lazy("Opmerkingen in het bestand"),
}

log = structlog.get_logger("sluitend.sealing")

_CHILD = ("-I", "-B", "-m", "sluitend.kernel.sealing.drawing")
_BWRAP = (
    *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"),
    *("--unshare-user", "--uid", str(cage.NOBODY), "--gid", str(cage.NOBODY)),
    *("--ro-bind", "/usr", "/usr", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives"),
    *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin"),
    *("--proc", "/proc", "--dev", "/dev", "--size", str(2**24), "--tmpfs", "/tmp"),  # noqa: S108 - its own
)


class NotDrawn(Exception):
    """There are no pixels of a file."""


class TooLarge(NotDrawn):
    """More pages, pixels, bytes or seconds than are drawn."""


class Unreadable(NotDrawn):
    """Damaged, protected, or not what it says."""


class Unfenced(NotDrawn):
    """The doors do not shut on this machine, so nothing of a stranger is touched."""


@dataclass(frozen=True)
class Fences:
    """Which fences hold here."""

    landlock: int
    shut: bool
    bubblewrap: bool


def drawn(content: bytes, media_type: str, *, seconds: float = SECONDS) -> Iterator[bytes]:
    """Give the pages of a file, or the one picture, as JPEG.

    Of an office file or a text the words are read first, and set on pages of our own.

    Args:
        content: the file.
        media_type: of a kind that can be drawn.
        seconds: for each of the two.

    Raises:
        TooLarge: it takes too much.
        Unreadable: it cannot be drawn.
        Unfenced: nothing may be drawn here.
    """
    if media_type in reading.KINDS:
        with _asked(content, media_type, seconds) as answer:
            words = _words(answer)
        content, media_type = _set(words, media_type), drawing.PDF
    with _asked(content, media_type, seconds) as answer:
        yield from _pages(answer)


def thumbnail(content: bytes, media_type: str, *, side: int) -> bytes:
    """Return a picture of a stranger as a small JPEG of ours, at most `side` pixels wide and high.

    Raises:
        NotDrawn: there are no pixels of it.
    """
    from PIL import Image

    page = next(drawn(content, media_type))
    out = io.BytesIO()
    with Image.open(io.BytesIO(page)) as picture:
        picture.thumbnail((side, side))
        picture.save(out, format="JPEG", quality=QUALITY)
    return out.getvalue()


def cells(content: bytes, *, seconds: float = SECONDS) -> list[tuple[str, ...]]:
    """Return the rows of the first page of a spreadsheet that is seen, each with its cells as text.

    Args:
        content: an .xlsx file of a stranger: it is read behind the same doors.
        seconds: that it may take.

    Raises:
        TooLarge: it takes too much, or has more than is read.
        Unreadable: it cannot be read.
        Unfenced: nothing may be read here.
    """
    with _asked(content, reading.CELLS, seconds) as answer:
        lines = [_line(each) for each in _words(answer).split("\n") if each]
    if any(each.kind != reading.ROW for each in lines):
        raise TooLarge
    return [each.words for each in lines]


@contextmanager
def _asked(content: bytes, media_type: str, seconds: float) -> Iterator[IO[bytes]]:
    """Give what a child answers about a file."""
    child = _started(media_type)
    late = threading.Event()
    timer = threading.Timer(seconds, _end, (child, late))
    timer.start()
    try:
        _give(child, content)
        yield cast("IO[bytes]", child.stdout)
    except NotDrawn as error:
        raise _why(child, late=late.is_set()) or error from None
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            cast("IO[bytes]", pipe).close()


def fences() -> Fences:
    """Return which fences hold on this machine, by trying them."""
    from PIL import Image

    blank = io.BytesIO()
    Image.new("RGB", (1, 1)).save(blank, format="PNG")
    try:
        shut = len(list(drawn(blank.getvalue(), "image/png"))) == 1
    except NotDrawn:
        shut = False
    return Fences(landlock=cage.landlock_version(), shut=shut, bubblewrap=bool(_outer()))


def as_pdf(pages: list[bytes]) -> bytes:
    """Return pages of pixels as one PDF, which holds nothing else."""
    from PIL import Image

    first, *others = [Image.open(io.BytesIO(each)) for each in pages]
    out = io.BytesIO()
    first.save(
        out, format="PDF", save_all=True, append_images=others, resolution=150.0, title="", producer=""
    )
    return out.getvalue()


def _started(media_type: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*_outer(), sys.executable, *_CHILD, media_type],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
    )


def _end(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _give(child: "subprocess.Popen[bytes]", content: bytes) -> None:
    """Give the file to the child, which reads it whole before it answers."""
    pipe = cast("IO[bytes]", child.stdin)
    try:
        pipe.write(content)
        pipe.close()
    except OSError:
        raise Unreadable from None


def _pages(pipe: IO[bytes]) -> Iterator[bytes]:
    """Read the pages, believing nothing: every size is checked before a byte more is read."""
    total = 0
    for _number in range(drawing.MOST_PAGES + 1):
        head = _exactly(pipe, 8)
        if head == drawing.END:
            return
        width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:])
        if not (0 < width <= drawing.LONGEST_SIDE and 0 < height <= drawing.LONGEST_SIDE):
            raise Unreadable
        page = _as_jpeg(width, height, _exactly(pipe, width * height * 3))
        total += len(page)
        if total > MOST_BYTES:
            raise TooLarge
        yield page
    raise Unreadable


def _words(pipe: IO[bytes]) -> str:
    """Read the words, all of them or none: no more than a child may say, and only as text."""
    said = pipe.read(MOST_SAID + 1)
    if not said.endswith(drawing.END_OF_WORDS) or len(said) > MOST_SAID:
        raise Unreadable
    try:
        return said.removesuffix(drawing.END_OF_WORDS).decode()
    except UnicodeDecodeError:
        raise Unreadable from None


def _set(words: str, media_type: str) -> bytes:
    """Set words on pages, with what is left out above them.

    Raises:
        Unreadable: the child said something that is no line, or there are no words.
    """
    lines = [_line(each) for each in words.split("\n") if each]
    if not any("".join(each.words).strip() for each in lines):
        raise Unreadable
    more = any(each.kind == reading.MORE for each in lines)
    with translation.override(settings.LANGUAGE_CODE):
        return words_as_pdf(
            WordsSheet(
                notice=str(NOTICES[media_type]),
                lines=tuple(each for each in lines if each.kind != reading.MORE),
                more=_("Er staat meer in het bestand. Dat is hier niet te zien.") if more else "",
                made=timezone.now(),
            )
        )


def _line(said: str) -> SetLine:
    kind, words = said[0], said[1:]
    match kind:
        case reading.ROW:
            return SetLine(kind, tuple(words.split(reading.BETWEEN)))
        case reading.PLACE if words in PLACES:
            return SetLine(reading.HEADING, (str(PLACES[words]),))
        case reading.HEADING | reading.PARAGRAPH:
            return SetLine(kind, (words,) if words else ())
        case reading.MORE if not words:
            return SetLine(kind, ())
        case _:
            raise Unreadable


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) != size:
        raise Unreadable
    return found


def _as_jpeg(width: int, height: int, rows: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), rows).save(out, format="JPEG", quality=QUALITY)
    return out.getvalue()


def _why(child: "subprocess.Popen[bytes]", *, late: bool) -> NotDrawn | None:
    """Return what went wrong, as far as the end of the child tells."""
    try:
        code = child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return None
    log.warning("file_not_drawn")
    if late or code == drawing.TOO_LARGE:
        return TooLarge()
    return Unfenced() if code == drawing.NO_CAGE else None


@cache
def _outer() -> tuple[str, ...]:
    """Return bubblewrap before the child, where it works: a fence around the fence, never in its place."""
    program = shutil.which("bwrap")
    if not program:
        return ()
    places = dict.fromkeys([sys.prefix, sys.base_prefix, str(Path(sluitend.__file__).parents[1])])
    ours = [part for place in places if not place.startswith("/usr") for part in ("--ro-bind", place, place)]
    outer = (program, *_BWRAP, *ours)
    try:
        done = subprocess.run(
            [*outer, sys.executable, "-I", "-c", ""], capture_output=True, timeout=10, check=False, env={}
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return outer if done.returncode == 0 else ()
