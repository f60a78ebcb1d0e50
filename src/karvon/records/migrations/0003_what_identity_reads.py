import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_name_keys_by_beginning'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='linked_under',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='BlockKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField(db_index=True)),
                ('said', models.BigIntegerField()),
                ('wordy', models.BooleanField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='block_keys', to='records.line')),
            ],
        ),
        migrations.CreateModel(
            name='LineReading',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reading', serialize=False, to='records.line')),
                ('said', models.BigIntegerField()),
                ('component', models.CharField(db_index=True, max_length=16)),
                ('surname', models.CharField(blank=True, max_length=60)),
                ('given', models.CharField(blank=True, max_length=60)),
                ('turned_surname', models.CharField(blank=True, max_length=60)),
                ('turned_given', models.CharField(blank=True, max_length=60)),
                ('features', models.TextField()),
                ('keys', models.TextField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'surname'], name='reading_by_surname'), models.Index(fields=['programme', 'given'], name='reading_by_given'), models.Index(condition=models.Q(('turned_given', ''), ('turned_surname', ''), _negated=True), fields=['programme', 'turned_surname', 'turned_given'], name='reading_by_turned')],
            },
        ),
    ]
