"""Small files of each kind, made here: nothing of anybody is in them but what the tests plant."""

import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

PLANTED = b"Planted-Jan-52.07N"
TEXT = PLANTED.decode()


def picture(wanted: str = "JPEG", size: tuple[int, int] = (40, 20), orientation: int = 6) -> bytes:
    """A picture, red at the left and blue at the right, that says in every way it can who made it."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, TEXT, TEXT
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    options: dict[str, Any] = {"exif": exif}
    if wanted == "JPEG":
        options["comment"] = PLANTED
    if wanted == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", TEXT)
    if wanted == "WEBP":
        options["xmp"] = b"<x>" + PLANTED + b"</x>"
    image.save(out, format=wanted, **options)
    return out.getvalue() + PLANTED


def pdf() -> bytes:
    """A PDF with everything in it that should not travel."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    photo = picture()
    image = pikepdf.Stream(
        document,
        photo,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=40,
        Height=20,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(image)))
    page.Contents = document.make_stream(b"q 100 0 0 50 10 10 cm /Im0 Do Q")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9],
        T=TEXT,
        Contents="zichtbaar",
        M=TEXT,
    )
    page.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))
    document.docinfo["/Author"] = TEXT
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [TEXT]
    document.attachments["planted.txt"] = PLANTED
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{TEXT}')")
    document.Root.OpenAction = document.make_indirect(script)
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=[
            document.make_indirect(
                pikepdf.Dictionary(
                    FT=pikepdf.Name.Sig,
                    T="s",
                    V=document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=TEXT)),
                )
            )
        ]
    )
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


def pages(number: int) -> bytes:
    """A PDF of so many empty pages."""
    document = pikepdf.new()
    for _each in range(number):
        document.add_blank_page(page_size=(200, 200))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, **parts: str) -> bytes:
    """Return a Word file with this body, and more parts by their name in `word/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def office(*parts: str) -> bytes:
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return out.getvalue()


def boxes(brand: bytes) -> bytes:
    """The beginning of a HEIC picture or a film."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + bytes(20)
