"""Takes everything out of a file that is not its visible content. Runs as a process of its own, one a file.

It reads the file from standard input and writes the clean one to standard output; nothing touches a disk. A
picture or PDF made to break a library then breaks a process without keys and with little memory and time. So
this module imports nothing of the project.
"""

import io
import resource
import sys
from typing import Any

MEMORY = 1_500 * 1024 * 1024
SECONDS = 20
MAX_PIXELS = 50_000_000

_PDF_CATALOG = (
    "/Metadata",
    "/OpenAction",
    "/AA",
    "/AF",
    "/PieceInfo",
    "/Perms",
    "/Collection",
    "/Legal",
    "/SpiderInfo",
)
_PDF_ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/Thumb", "/OPI")
_PDF_ANNOTATION = ("/T", "/M", "/CreationDate", "/NM", "/A", "/AA", "/Popup", "/RC", "/Subj")
_PDF_DANGEROUS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_PICTURE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def clean_picture(content: bytes, media_type: str) -> bytes:
    """Return the picture drawn anew.

    Upright, in sRGB, without EXIF, comments, profiles, thumbnails or anything after its end.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    wanted = _PICTURE_FORMATS[media_type]
    with Image.open(io.BytesIO(content), formats=[wanted]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        picture.load()
        upright = _in_srgb(ImageOps.exif_transpose(picture))
        mode = "RGBA" if wanted != "JPEG" and upright.has_transparency_data else "RGB"
        fresh = Image.new(mode, upright.size)
        fresh.paste(upright.convert(mode))
    return _saved(fresh, wanted)


def clean_pdf(content: bytes) -> bytes:
    """Return the PDF written anew.

    No document information, XMP, attachments, scripts, actions, signatures or earlier versions.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        if pdf.is_encrypted:
            raise ValueError("encrypted")
        _clean_catalog(pdf)
        for page in pdf.pages:
            _clean_annotations(page)
        for each in pdf.objects:
            _clean_object(each)
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def strip_jpeg(content: bytes) -> bytes:
    """Return a JPEG without application and comment segments, for a picture inside a PDF.

    The pixels stay as they are.

    Kept are APP0 (JFIF) and APP14 (Adobe), without which the colours change.
    """
    out, place = bytearray(content[:2]), 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != 0xDA:
        marker = content[place + 1]
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        if not (0xE1 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            out += content[place:end]
        place = end
    end_of_image = content.rfind(b"\xff\xd9")
    return bytes(out + content[place : end_of_image + 2 if end_of_image > place else None])


def _in_srgb(picture: Any) -> Any:
    """Return the picture in sRGB: its own profile may name the camera and goes away."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        return picture
    return turned


def _saved(picture: Any, wanted: str) -> bytes:
    options: dict[str, Any] = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}}[wanted]
    out = io.BytesIO()
    picture.save(out, format=wanted, **options)
    return out.getvalue()


def _clean_catalog(pdf: Any) -> None:
    _drop(pdf.Root, _PDF_CATALOG)
    if "/Names" in pdf.Root:
        _drop(pdf.Root.Names, ("/EmbeddedFiles", "/JavaScript", "/Renditions", "/XFAResources"))
    if "/AcroForm" in pdf.Root:
        _drop(pdf.Root.AcroForm, ("/XFA", "/SigFlags"))


def _clean_annotations(page: Any) -> None:
    """Keep what annotations show; drop who made them, what they do, and those that carry a file."""
    if "/Annots" not in page:
        return
    kept = [each for each in page.Annots if str(each.get("/Subtype", "")) not in _PDF_DANGEROUS]
    for annotation in kept:
        # A form field has its name under the same key as a note has its author.
        names = _PDF_ANNOTATION[1:] if str(annotation.get("/Subtype", "")) == "/Widget" else _PDF_ANNOTATION
        _drop(annotation, names)
    page.Annots = kept


def _clean_object(each: Any) -> None:
    import pikepdf

    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        _drop(each, _PDF_ANYWHERE)
        if str(each.get("/Type", "")) == "/Sig" or str(each.get("/FT", "")) == "/Sig":
            _drop(each, ("/V", "/Name", "/Contents", "/Cert", "/Reason", "/Location", "/ContactInfo", "/M"))
        if str(each.get("/S", "")) in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"):
            _drop(each, ("/JS", "/F", "/Win", "/S"))
    if isinstance(each, pikepdf.Stream) and str(each.get("/Subtype", "")) == "/Image":
        _clean_image(each)


def _clean_image(image: Any) -> None:
    """A photograph inside a PDF keeps its own EXIF, with the place where it was taken."""
    import pikepdf

    filters = image.get("/Filter")
    several = isinstance(filters, pikepdf.Array)
    names = [str(name) for name in filters] if several else [str(filters)]
    if names == ["/DCTDecode"]:
        image.write(
            strip_jpeg(image.read_raw_bytes()),
            filter=pikepdf.Name.DCTDecode,
            decode_parms=image.get("/DecodeParms"),
        )
    elif "/DCTDecode" in names or "/JPXDecode" in names:
        raise ValueError("a picture in a form that cannot be cleaned")


def _drop(place: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in place:
            del place[name]


def limit() -> None:
    """Bound this process before it reads anything."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Clean one file: its media type is the argument."""
    media_type = sys.argv[1]
    limit()
    content = sys.stdin.buffer.read()
    clean = clean_pdf(content) if media_type == "application/pdf" else clean_picture(content, media_type)
    sys.stdout.buffer.write(clean)


if __name__ == "__main__":
    main()
