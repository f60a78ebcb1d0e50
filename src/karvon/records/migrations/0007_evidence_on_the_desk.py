import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from karvon.records.columns import IdField
from karvon.records.tables import CreateTables

GOES_WITH = django.db.models.deletion.CASCADE
PROTECTED = django.db.models.deletion.PROTECT
FORGOTTEN = django.db.models.deletion.SET_NULL


def to(other, kept, name='+', null=True):
    return models.ForeignKey(null=null, on_delete=kept, related_name=name, to=other)


def by():
    return to(settings.AUTH_USER_MODEL, PROTECTED)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_kept_doubts'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='skippedrow', name='skipped_row_reason_known'),
        migrations.AddConstraint(
            model_name='skippedrow',
            constraint=models.CheckConstraint(condition=Q(('reason__in', ['title', 'metadata', 'blank', 'hxl', 'section', 'total', 'note', 'repeated_header', 'nameless', 'left_out'])), name='skipped_row_reason_known'),
        ),
        migrations.AddField(model_name='sheet', name='reading', field=models.JSONField(default=list)),
        CreateTables([
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', IdField(max_length=20, primary_key=True, serialize=False)),
                    ('state', models.CharField(max_length=10)),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('begun_by', by()),
                    ('ended_by', by()),
                    ('event', to('records.event', FORGOTTEN)),
                    ('programme', to('records.programme', GOES_WITH, 'drafts', null=False)),
                    ('replaces', to('records.sheet', GOES_WITH, 'replacements')),
                    ('visit', to('records.visit', FORGOTTEN)),
                ],
                options={
                    'ordering': ('-begun_at', 'id'),
                    'constraints': (
                        models.CheckConstraint(condition=Q(('state__in', ['open', 'accepted', 'discarded'])), name='draft_state_known'),
                        models.CheckConstraint(condition=Q(Q(('ended_at__isnull', True), ('state', 'open')), Q(Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='draft_open_or_ended'),
                    ),
                },
            ),
            migrations.CreateModel(
                name='DraftFile',
                fields=[
                    ('id', IdField(max_length=20, primary_key=True, serialize=False)),
                    ('order', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=150)),
                    ('kind', models.CharField(max_length=10)),
                    ('day', models.DateField(null=True)),
                    ('table', models.CharField(blank=True, max_length=200)),
                    ('role', models.CharField(max_length=20)),
                    ('reading', models.JSONField(default=list)),
                    ('pages', models.JSONField(default=list)),
                    ('said', models.JSONField(default=list)),
                    ('found', models.JSONField(null=True)),
                    ('sheet_key', models.CharField(blank=True, max_length=200)),
                    ('before', to('records.storedfile', PROTECTED)),
                    ('draft', to('records.draft', GOES_WITH, 'files', null=False)),
                    ('event', to('records.event', FORGOTTEN)),
                    ('scan', to('records.draftfile', FORGOTTEN)),
                    ('stored', to('records.storedfile', PROTECTED, null=False)),
                ],
                options={
                    'ordering': ('order', 'id'),
                    'constraints': (
                        models.CheckConstraint(condition=Q(('kind__in', ['sheet', 'scan'])), name='draft_file_kind_known'),
                        models.CheckConstraint(condition=Q(('role__in', ['participant', 'trainer', 'expert', 'interpreter', 'organiser', 'guest'])), name='draft_file_role_known'),
                    ),
                },
            ),
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', IdField(max_length=20, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=10)),
                    ('state', models.CharField(max_length=10)),
                    ('step', models.CharField(blank=True, max_length=20)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('of', models.PositiveIntegerField(default=0)),
                    ('begun_at', models.DateTimeField()),
                    ('beat_at', models.DateTimeField()),
                    ('problems', models.JSONField(default=list)),
                    ('by', by()),
                    ('draft', to('records.draft', GOES_WITH, 'jobs', null=False)),
                ],
                options={
                    'ordering': ('-begun_at', 'id'),
                    'constraints': (
                        models.CheckConstraint(condition=Q(('kind__in', ['look', 'accept'])), name='job_kind_known'),
                        models.CheckConstraint(condition=Q(('state__in', ['running', 'done', 'failed'])), name='job_state_known'),
                        models.UniqueConstraint(condition=Q(('state', 'running')), fields=('draft',), name='job_one_at_a_time'),
                    ),
                },
            ),
            migrations.CreateModel(
                name='SignatureSeen',
                fields=[
                    ('line', models.OneToOneField(on_delete=GOES_WITH, primary_key=True, related_name='signature_seen', serialize=False, to='records.line')),
                    ('seen', models.BooleanField()),
                    ('at', models.DateTimeField()),
                    ('by_name', models.CharField(blank=True, max_length=100)),
                    ('by', by()),
                ],
            ),
        ]),
    ]
