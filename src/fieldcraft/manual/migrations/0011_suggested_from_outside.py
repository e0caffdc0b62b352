"""Remarks remember that they came from outside, also once they stand; of earlier ones the audit trail tells it."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def those_that_were_held(apps, _editor):
    held_once = ("remark.suggested", "remark.let_stand")
    events = apps.get_model("audit", "Event").objects.filter(subject=OuterRef("pk"), verb__in=held_once)
    found = apps.get_model("manual", "Remark").objects.filter(Q(is_held=True) | Q(by=None) | Exists(events))
    found.update(is_from_outside=True)


class Migration(migrations.Migration):
    dependencies = [("manual", "0010_waiting_found_quickly"), ("audit", "0001_first")]
    operations = [
        migrations.AddField(
            model_name="remark",
            name="is_from_outside",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(those_that_were_held, migrations.RunPython.noop),
    ]
