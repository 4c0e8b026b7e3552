"""What the web roles may do with the framework's own tables, and the cache table that slows down guessing."""

from django.db import migrations

from sluitend.kernel.organisations.rls import grants

CACHE = "CREATE TABLE sl_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)"
ALL = "SELECT, INSERT, UPDATE, DELETE"
SIGN_IN = ("account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "django_session")
READ_ONLY = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)

QUEUE = """
GRANT INSERT ON procrastinate_jobs, procrastinate_events TO sl_app;
GRANT SELECT (id) ON procrastinate_jobs TO sl_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sl_app;
"""
WORKER = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sl_worker') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
      procrastinate_workers TO sl_worker;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_acting"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE sl_cache"),
        migrations.RunSQL("CREATE INDEX sl_cache_expires ON sl_cache (expires)"),
        *[operation for table in SIGN_IN for operation in grants(table, app=ALL)],
        *grants("sl_cache", app=ALL, intake=ALL),
        *[operation for table in READ_ONLY for operation in grants(table, app="SELECT")],
        migrations.RunSQL(QUEUE),
        migrations.RunSQL(WORKER),
    ]
