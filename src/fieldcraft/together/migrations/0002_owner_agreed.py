from django.db import migrations, models
from django.db.models import Exists, OuterRef


def those_who_answered_agreed(apps, _editor):
    steps = apps.get_model("together", "ConditionStep").objects.filter(condition=OuterRef("pk"), by=OuterRef("owner"))
    apps.get_model("together", "Condition").objects.filter(Exists(steps)).update(owner_agreed=True)


class Migration(migrations.Migration):

    dependencies = [
        ('together', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='condition',
            name='owner_agreed',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(those_who_answered_agreed, migrations.RunPython.noop),
    ]
