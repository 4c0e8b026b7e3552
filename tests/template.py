"""Fill a template database: `python -m tests.template migrate|fill`."""

import sys

import django


def migrate() -> None:
    """Make the tables and the people, as their owner, and what lets a test give a role."""
    from django.core.management import call_command
    from django.db import connection

    from sluitend.demo.load import load_people
    from tests.roles import GIVE

    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(GIVE)
    load_people(more=())


def fill() -> None:
    """Publish the handbook and make keys, as the web server's role."""
    from django.conf import settings

    from sluitend.kernel.handbook.actions import publish
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.keys import copy_register, create_keys

    publish(settings.SLUITEND_PACK, actor_name="tests")
    copy_register(create_keys(settings.SLUITEND_KEYS, Organisation.objects.values_list("id", flat=True)))


if __name__ == "__main__":
    django.setup()
    {"migrate": migrate, "fill": fill}[sys.argv[1]]()
