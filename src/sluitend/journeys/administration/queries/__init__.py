"""What the pages of administration show. Others may use what stands here."""

from sluitend.journeys.administration.queries.invitations import stands

__all__ = ["stands"]
