"""Who may reach which address. The one table that the access matrix is held against."""

ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed in"})
FOCAL = frozenset({"focal_point", "deputy"})

MAY: dict[str, frozenset[str]] = {}
