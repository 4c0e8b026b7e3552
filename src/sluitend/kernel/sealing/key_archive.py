"""The key folder as one archive: exactly what a restored database needs to open and to be checked."""

import io
import re
import tarfile

from sluitend.kernel.sealing.keyfolder import DESTRUCTIONS, KeyFolder

_ID = r"[0-9a-f-]{36}"
_WANTED = re.compile(
    r"keys\.json|keys\.good\.json|verify\.key|signing\.key|checkpoint\.(key|pub)|pseudonym\.key|pepper\.key"
    r"|content\.key|link\.key|people\.key"
    rf"|mfa\.key|mac-[a-z]+\.key|destructions\.jsonl|backup\.pub|private/{_ID}/[0-9a-z]+\.(seed|retired)"
    rf"|tokens/{_ID}(\.former)?\.key|backups/\d{{4}}-\d{{2}}\.seed"
)


class NotEmpty(Exception):
    """Keys stand here already, and are not written over."""


def pack(keys: KeyFolder) -> bytes:
    """Return the archive. A key that was destroyed is not in it; one whose term still runs is."""
    output = io.BytesIO()
    with keys.locked(), tarfile.open(fileobj=output, mode="w") as archive:
        for name in _names(keys):
            content = keys.path.joinpath(name).read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, io.BytesIO(content))
    return output.getvalue()


def read(archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive; a name that no archive of ours has is left out."""
    files = dict[str, bytes]()
    with tarfile.open(fileobj=io.BytesIO(archive)) as entries:
        for entry in entries:
            content = entries.extractfile(entry) if entry.isreg() else None
            if content is not None and _WANTED.fullmatch(entry.name):
                files[entry.name] = content.read()
    return files


def unpack(keys: KeyFolder, files: dict[str, bytes]) -> None:
    """Write the files in an empty key folder.

    A register of destructions that is there already and is longer stays: it names what was destroyed since.

    Raises:
        NotEmpty: other files of a key folder are there; nothing was written.
    """
    with keys.locked():
        if set(_names(keys)) - {DESTRUCTIONS}:
            raise NotEmpty
        present = keys.path / DESTRUCTIONS
        if present.exists() and len(present.read_bytes()) > len(files.get(DESTRUCTIONS, b"")):
            files = {name: content for name, content in files.items() if name != DESTRUCTIONS}
        for name, content in files.items():
            keys.write(content, *name.split("/"))


def _names(keys: KeyFolder) -> list[str]:
    found = (file.relative_to(keys.path).as_posix() for file in keys.path.rglob("*") if file.is_file())
    return sorted(name for name in found if _WANTED.fullmatch(name))
