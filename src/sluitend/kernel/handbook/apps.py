from django.apps import AppConfig


class HandbookConfig(AppConfig):
    """Django application that keeps the released handbooks."""

    name = "sluitend.kernel.handbook"
    label = "handbook"
    default_auto_field = "django.db.models.BigAutoField"
