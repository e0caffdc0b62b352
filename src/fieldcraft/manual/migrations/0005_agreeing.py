"""Drafts on their way to being agreed: what a revision makes of its edition, who agreed, how it was answered."""

import django.db.models.deletion
import fieldcraft.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('manual', '0004_contents_as_below'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=fieldcraft.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='revision',
            name='answer',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='revision',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='revision',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revision',
            name='position',
            field=models.IntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='revision',
            name='redone_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='manual.revision'),
        ),
        migrations.AddField(
            model_name='revision',
            name='section',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='revision',
            name='standing',
            field=models.CharField(choices=[('inherited', 'inherited'), ('noted', 'noted'), ('adapted', 'adapted'), ('local', 'local'), ('set_aside', 'set aside')], default='local', max_length=20),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='edition',
            name='standing',
            field=models.CharField(choices=[('inherited', 'inherited'), ('noted', 'noted'), ('adapted', 'adapted'), ('local', 'local'), ('set_aside', 'set aside')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'inherited'), _negated=True), name='manual_edition_holds_the_page'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agreement',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='manual.revision'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('state', 'draft')), fields=['edition'], name='manual_revision_open_drafts'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state__in', ['draft', 'agreed'])), models.Q(('answered_at__isnull', False), ('state__in', ['declined', 'withdrawn'])), _connector='OR'), name='manual_revision_answered_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('revision', 'by'), name='manual_agreement_once_each'),
        ),
    ]
