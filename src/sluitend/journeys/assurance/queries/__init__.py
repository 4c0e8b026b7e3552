"""What the region may read of help: figures of half years that are over."""

from sluitend.journeys.assurance.queries.released import Picture, picture

__all__ = ["Picture", "picture"]
