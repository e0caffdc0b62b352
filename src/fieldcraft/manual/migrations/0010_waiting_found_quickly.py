
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("manual", "0009_part_split_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="revision",
            name="manual_revision_open_drafts",
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["edition", "state"], name="manual_revision_by_state"),
        ),
    ]
