import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import karvon.records.columns
from karvon.records.tables import CreateTables

CASCADE = django.db.models.deletion.CASCADE
PROTECTED = django.db.models.deletion.PROTECT


def from_1_to_5(question):
    return models.CheckConstraint(condition=models.Q((f'{question}__isnull', True), (f'{question}__range', (1, 5)), _connector='OR'), name=f'feedback_{question}_from_1_to_5')


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0013_words_of_a_register'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='reading',
            field=models.JSONField(default=list),
        ),
        CreateTables([
            migrations.CreateModel(
                name='FeedbackAnswer',
                fields=[
                    ('id', karvon.records.columns.IdField(max_length=20, primary_key=True, serialize=False)),
                    ('usefulness', models.PositiveSmallIntegerField(null=True)),
                    ('relevance', models.PositiveSmallIntegerField(null=True)),
                    ('trainer', models.PositiveSmallIntegerField(null=True)),
                    ('organisation', models.PositiveSmallIntegerField(null=True)),
                    ('language', models.CharField(blank=True, max_length=10)),
                    ('given_on', models.DateField(null=True)),
                    ('way', models.CharField(max_length=10)),
                    ('row', models.PositiveIntegerField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('document', models.ForeignKey(null=True, on_delete=PROTECTED, related_name='feedback', to='records.document')),
                    ('event', models.ForeignKey(on_delete=PROTECTED, related_name='feedback', to='records.event')),
                    ('payload', models.OneToOneField(null=True, on_delete=PROTECTED, to='records.payload')),
                ],
                options={
                    'ordering': ('given_on', 'id'),
                    'constraints': (
                        models.CheckConstraint(condition=models.Q(('way__in', ['form', 'typed', 'sheet'])), name='feedback_answer_way_known'),
                        from_1_to_5('usefulness'),
                        from_1_to_5('relevance'),
                        from_1_to_5('trainer'),
                        from_1_to_5('organisation'),
                    ),
                },
            ),
            migrations.CreateModel(
                name='FeedbackLink',
                fields=[
                    ('id', karvon.records.columns.IdField(max_length=20, primary_key=True, serialize=False)),
                    ('ends', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('event', models.ForeignKey(on_delete=CASCADE, related_name='feedback_links', to='records.event')),
                    ('made_by', models.ForeignKey(null=True, on_delete=PROTECTED, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-made_at', 'id'),
                },
            ),
        ]),
    ]
