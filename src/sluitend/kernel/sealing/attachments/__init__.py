"""Take files in, show them as pixels, give them back, and make clean copies for partners."""

from sluitend.kernel.sealing.attachments.giving import Drawn, clean_copy, draw, drawn_of, store_drawn
from sluitend.kernel.sealing.attachments.rows import read_chunks
from sluitend.kernel.sealing.attachments.taking import SECONDS_OF_SENDER, Sender, check_uploads, store
from sluitend.kernel.sealing.filetypes import FileRefused
from sluitend.kernel.sealing.uploads import UploadHandler

__all__ = [
    "SECONDS_OF_SENDER",
    "Drawn",
    "FileRefused",
    "Sender",
    "UploadHandler",
    "check_uploads",
    "clean_copy",
    "draw",
    "drawn_of",
    "read_chunks",
    "store",
    "store_drawn",
]
