"""The handbook of a region as data: packs, released versions and the rules of plans."""
