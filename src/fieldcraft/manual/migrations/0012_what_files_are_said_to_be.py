"""Pictures and files keep what a wiki says of them: tags, dates, what stands in for a picture."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("manual", "0011_suggested_from_outside")]
    operations = [
        migrations.AddField(
            model_name="attachment",
            name="fields",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
