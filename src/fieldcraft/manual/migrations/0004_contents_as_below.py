"""A manual that says nothing about its contents has them in the order of what it is built on."""

from django.db import migrations, models

CHOICES = [("", "as what it is built on"), ("tags", "tags"), ("folders", "folders"), ("order", "an order of its own")]


def follow(apps, schema_editor):
    """Teams' manuals had the former default, which nobody had chosen."""
    apps.get_model("manual", "Manual").objects.filter(kind="team", contents_by="folders").update(contents_by="")


def settle(apps, schema_editor):
    apps.get_model("manual", "Manual").objects.filter(contents_by="").update(contents_by="folders")


class Migration(migrations.Migration):
    dependencies = [("manual", "0003_imports")]

    operations = [
        migrations.AlterField(
            model_name="manual",
            name="contents_by",
            field=models.CharField(blank=True, choices=CHOICES, default="", max_length=20),
        ),
        migrations.RunPython(follow, settle),
    ]
