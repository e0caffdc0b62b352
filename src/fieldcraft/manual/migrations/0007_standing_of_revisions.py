"""Revisions from before say what they made of their edition: what the edition is."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    edition, revision = apps.get_model("manual", "Edition"), apps.get_model("manual", "Revision")
    of_edition = edition.objects.filter(pk=OuterRef("edition")).values("standing")[:1]
    revision.objects.update(standing=Subquery(of_edition))


class Migration(migrations.Migration):

    dependencies = [("manual", "0006_remarks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
