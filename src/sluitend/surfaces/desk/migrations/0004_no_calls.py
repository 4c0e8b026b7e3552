"""The queue calls nobody: every role of the database may listen, and each call would be a clock of what comes in."""

from django.db import migrations

CALLS = (
    "DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs",
    "DROP TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 ON procrastinate_jobs",
)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_queue"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [migrations.RunSQL(each, migrations.RunSQL.noop) for each in CALLS]
