"""Static files, collected again only when one of them changed."""

from pathlib import Path


def collect() -> None:
    """Copy, name by content and compress the static files, if any is newer than the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root.with_suffix(".stamp")
    files = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    state = f"{len(files)} {max((file.stat().st_mtime_ns for file in files), default=0)}"
    if not stamp.exists() or stamp.read_text() != state or not root.exists():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)
