"""Draws a picture or PDF of a stranger as pixels, behind shut doors. Runs by itself, once a file.

It reads the file from standard input and writes, for each page, width and height (four bytes each) and its
rows of red, green and blue to standard output, then an end. Of an office file it writes the words, a line
each, and then another end. Nothing else crosses. It imports nothing of the project but the doors and what
reads words: a file that breaks a library breaks a process without keys, files, network or time.
"""

import codecs
import io
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from sluitend.kernel.sealing import cage, reading

PDF = "application/pdf"
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_PAGES = 200
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
"""Of a photo, in pixels."""
LONGEST_SIDE_OF_PAGE = 2400
DOTS_PER_POINT = 150 / 72
ORIENTATION, UPSIDE_DOWN = 0x0112, 3
END, END_OF_WORDS = (0).to_bytes(8), b"\0"
UNREADABLE, TOO_LARGE, NO_CAGE = 1, 4, 5

type Page = tuple[int, int, bytes]


class TooLarge(Exception):
    """More pages or pixels than are drawn."""


def picture_drawer(wanted: str) -> Callable[[bytes], Iterator[Page]]:
    """Return what draws pictures of one kind: upright, in sRGB, on white. All it needs is loaded here."""
    from PIL import Image, ImageCms, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401 - what a photo may ask for later

    Image.MAX_IMAGE_PIXELS = None  # what is too large is told apart below
    screen = ImageCms.createProfile("sRGB")

    def in_srgb(picture: Any) -> Any:
        profile = picture.info.get("icc_profile")
        if not profile or picture.mode not in ("RGB", "CMYK", "L"):
            return picture
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
        except ImageCms.PyCMSError:
            return picture

    def draw(content: bytes) -> Iterator[Page]:
        with Image.open(io.BytesIO(content), formats=[wanted]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            upright: Any = in_srgb(ImageOps.exif_transpose(picture))
        if upright.has_transparency_data:
            seen = upright.convert("RGBA")
            upright = Image.new("RGBA", seen.size, "white")
            upright.alpha_composite(seen)
        upright = upright.convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        yield upright.width, upright.height, upright.tobytes()

    for name in ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le"):
        codecs.lookup(name)
    out, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = UPSIDE_DOWN
    profile = ImageCms.ImageCmsProfile(screen).tobytes()
    Image.new("RGB", (2, 2)).save(out, format=wanted, icc_profile=profile, exif=exif)
    list(draw(out.getvalue()))
    return draw


def pdf_drawer() -> Callable[[bytes], Iterator[Page]]:
    """Return what draws the pages of a PDF, with its annotations; no form is filled and no script runs."""
    import pypdfium2

    def draw(content: bytes) -> Iterator[Page]:
        pdf = pypdfium2.PdfDocument(content)
        if len(pdf) > MOST_PAGES:
            raise TooLarge
        for page in pdf:
            longest = max(page.get_size())
            if not math.isfinite(longest) or longest <= 0:
                raise ValueError("a page without a size")
            scale = min(DOTS_PER_POINT, LONGEST_SIDE_OF_PAGE / longest)
            drawn = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
            yield drawn.width, drawn.height, _rows(drawn)
            drawn.close()
            page.close()

    blank = pypdfium2.PdfDocument.new()
    blank.new_page(9, 9).render(scale=1).close()
    return draw


def _rows(drawn: Any) -> bytes:
    """Return the rows of a bitmap without what fills them up, as red, green and blue."""
    if drawn.n_channels != 3:
        raise ValueError("not a picture in three colours")
    width, seen = drawn.width * 3, memoryview(drawn.buffer).cast("B")
    starts = range(0, drawn.stride * drawn.height, drawn.stride)
    return b"".join(seen[start : start + width] for start in starts)


def _writer(media_type: str) -> Callable[[bytes, BinaryIO], None]:
    """Return what answers about files of one kind."""
    if media_type in reading.READ:
        read = reading.words_reader(media_type)

        def write_words(content: bytes, out: BinaryIO) -> None:
            out.writelines(line.replace("\0", "").encode(errors="replace") + b"\n" for line in read(content))
            out.write(END_OF_WORDS)

        return write_words
    draw = pdf_drawer() if media_type == PDF else picture_drawer(PICTURES[media_type])

    def write_pixels(content: bytes, out: BinaryIO) -> None:
        for width, height, rows in draw(content):
            out.write(width.to_bytes(4) + height.to_bytes(4))
            out.write(rows)
        out.write(END)

    return write_pixels


def main(media_type: str) -> int:
    """Draw or read what stands on standard input; return how it went."""
    write = _writer(media_type)
    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        cage.shut()
    except cage.NoCage:
        return NO_CAGE
    try:
        write(content, out)
        out.flush()
    except (TooLarge, reading.TooMuch, MemoryError):
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - whatever a library says of it may quote the file
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
