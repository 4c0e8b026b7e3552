"""Photos and a document for the demonstration, drawn here: nobody's picture."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pydantic import BaseModel, ConfigDict

SIZE = (1280, 960)
PAGE = (1240, 1754)
WALL, FLOOR, BED, BLANKET, PIPE = "#8d8a82", "#5b5750", "#3f3b36", "#6f7f8f", "#b0aaa0"


class Drawn(BaseModel):
    """A file that comes with a report: a room with beds, a page with lines, or a yard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    beds: int = 0
    lines: tuple[str, ...] = ()

    def draw(self) -> SimpleUploadedFile:
        """Draw it."""
        if self.beds:
            return photo_of_beds(self.name, beds=self.beds)
        return scanned_note(self.name, self.lines) if self.lines else photo_of_yard(self.name)


def photo_of_beds(name: str, *, beds: int) -> SimpleUploadedFile:
    """Return a drawn photo of a room with beds, as JPEG."""
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, *SIZE), fill=FLOOR)
    draw.rectangle((60, 0, 130, 700), fill=PIPE)
    width = (SIZE[0] - 240) // beds
    for number in range(beds):
        left = 180 + number * width
        draw.rectangle((left, 560, left + width - 40, 760), fill=BED)
        draw.rectangle((left + 70, 575, left + width - 55, 700), fill=BLANKET)
    return _jpeg(image, name)


def photo_of_yard(name: str) -> SimpleUploadedFile:
    """Return a drawn photo of a shed with a van, as JPEG."""
    image = Image.new("RGB", SIZE, "#a9b4bd")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, *SIZE), fill="#77736b")
    draw.polygon([(140, 640), (140, 300), (520, 160), (900, 300), (900, 640)], fill="#59636b")
    draw.rectangle((430, 400, 610, 640), fill="#31373c")
    draw.rectangle((760, 560, 1180, 760), fill="#e8e6e1")
    for wheel in (830, 1060):
        draw.ellipse((wheel, 720, wheel + 80, 800), fill="#24211e")
    return _jpeg(image, name)


def scanned_note(name: str, lines: tuple[str, ...]) -> SimpleUploadedFile:
    """Return a page with a few typed lines, as PDF."""
    image = Image.new("RGB", PAGE, "#fdfcf8")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((140, 180 + 70 * number), line, fill="#1d1d1b", font_size=36)
    target = BytesIO()
    image.save(target, format="PDF", resolution=150)
    return SimpleUploadedFile(name, target.getvalue(), content_type="application/pdf")


def _jpeg(image: Image.Image, name: str) -> SimpleUploadedFile:
    target = BytesIO()
    image.save(target, format="JPEG", quality=82)
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")
