"""Fill a template database: `python -m tests.template migrate|fill`."""

import sys

import django


def migrate() -> None:
    """Make the tables, as their owner."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def fill() -> None:
    """Publish the handbook and make organisations, people and keys, as the web server's role."""
    from django.conf import settings

    from sluitend.demo.load import load_organisations
    from sluitend.kernel.handbook.actions import publish

    publish(settings.SLUITEND_PACK, actor_name="tests")
    load_organisations()


if __name__ == "__main__":
    django.setup()
    {"migrate": migrate, "fill": fill}[sys.argv[1]]()
