import django.db.models.deletion
from django.db import migrations, models

from karvon.records.tables import CreateTables

GOES_WITH = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_programme_edited'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='DoubtQueue',
                fields=[
                    ('programme', models.OneToOneField(on_delete=GOES_WITH, primary_key=True, related_name='doubt_queue', serialize=False, to='records.programme')),
                    ('weighed_for', models.CharField(max_length=64)),
                    ('narrower', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='Doubt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('weight', models.IntegerField()),
                    ('looked_at', models.BooleanField()),
                    ('narrowing', models.PositiveIntegerField()),
                    ('narrows', models.JSONField(default=list)),
                    ('shifts', models.JSONField(default=list)),
                    ('a', models.ForeignKey(on_delete=GOES_WITH, related_name='+', to='records.line')),
                    ('b', models.ForeignKey(on_delete=GOES_WITH, related_name='+', to='records.line')),
                    ('programme', models.ForeignKey(on_delete=GOES_WITH, related_name='doubts', to='records.programme')),
                ],
                options={
                    'constraints': (models.UniqueConstraint(fields=('a', 'b'), name='doubt_once'),),
                },
            ),
        ]),
    ]
