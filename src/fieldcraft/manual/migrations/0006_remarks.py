import django.db.models.deletion
import fieldcraft.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('manual', '0005_agreeing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=fieldcraft.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('quote', models.TextField(blank=True)),
                ('prefix', models.CharField(blank=True, max_length=120)),
                ('suffix', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveIntegerField(default=0)),
                ('body', models.TextField()),
                ('from_name', models.CharField(blank=True, max_length=80)),
                ('is_held', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'the page was changed'), ('answered', 'it was answered'), ('nothing', 'the page stays as it is')], max_length=20)),
                ('answer', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('manual', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='manual.manual')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='manual.page')),
            ],
        ),
        migrations.AddField(
            model_name='revision',
            name='remark',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='manual.remark'),
        ),
        migrations.AddField(
            model_name='remark',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='manual.revision'),
        ),
        migrations.AddField(
            model_name='remark',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['manual', 'page'], name='manual_remark_of_page'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['manual'], name='manual_remark_open'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='manual_remark_outcome_and_time_together'),
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=fieldcraft.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('body', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='manual.remark')),
            ],
        ),
        migrations.AddField(
            model_name='manual',
            name='takes_suggestions',
            field=models.BooleanField(default=False),
        ),
    ]
