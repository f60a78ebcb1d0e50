import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0010_releases_of_editions'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='scores_out_of',
            field=models.DecimalField(decimal_places=2, max_digits=7, null=True),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('scores_out_of__isnull', True), ('scores_out_of__gte', 0), _connector='OR'), name='event_scores_out_of_not_negative'),
        ),
        migrations.RemoveConstraint(
            model_name='attendancecorrection',
            name='attendance_correction_field_known',
        ),
        migrations.AlterField(
            model_name='attendancecorrection',
            name='field',
            field=models.CharField(max_length=20),
        ),
        migrations.AddConstraint(
            model_name='attendancecorrection',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ['role', 'status', 'hours', 'score_before', 'score_after'])), name='attendance_correction_field_known'),
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='score', serialize=False, to='records.line')),
                ('read_before', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('read_after', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('before', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('after', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
            ],
        ),
    ]
