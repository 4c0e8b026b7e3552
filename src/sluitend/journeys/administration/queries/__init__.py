"""What the pages of administration show. Others may use what stands here."""

from sluitend.journeys.administration.queries.house_style import has_house_style, waiting_house_style
from sluitend.journeys.administration.queries.invitations import stands

__all__ = ["has_house_style", "stands", "waiting_house_style"]
