"""Pages as they are read: white space that only parts the lines of a template says nothing."""

import re


def as_read(page: str) -> str:
    """Return a page in one line, without white space at the inner edges of its elements and tags."""
    line = re.sub(r"\s+", " ", page).replace(" >", ">")
    return re.sub(r"(<\w[^<>]*>) | (?=</)", r"\1", line)
