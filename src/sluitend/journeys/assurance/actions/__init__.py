"""What changes what the region keeps of help."""

from sluitend.journeys.assurance.actions.releasing import release_figures

__all__ = ["release_figures"]
