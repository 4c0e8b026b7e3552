from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "sluitend.kernel.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Take the short ways before anything is read."""
        from sluitend.kernel import short_ways

        short_ways.take()
