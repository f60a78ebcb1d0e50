import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from karvon.records.tables import CreateTables

PROTECTED = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_attempts'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='AttendanceAsRead',
                fields=[
                    ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='attendance_as_read', serialize=False, to='records.line')),
                    ('sessions', models.JSONField(default=list)),
                ],
            ),
            migrations.CreateModel(
                name='AttendanceCorrection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(null=True)),
                    ('field', models.CharField(max_length=10)),
                    ('value', models.CharField(blank=True, max_length=20)),
                    ('at', models.DateTimeField()),
                    ('by_name', models.CharField(blank=True, max_length=100)),
                    ('reason', models.TextField(blank=True)),
                    ('by', models.ForeignKey(null=True, on_delete=PROTECTED, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('line', models.ForeignKey(on_delete=PROTECTED, related_name='corrections', to='records.line')),
                    ('programme', models.ForeignKey(on_delete=PROTECTED, related_name='attendance_corrections', to='records.programme')),
                ],
                options={
                    'ordering': ('at', 'id'),
                    'constraints': (
                        models.CheckConstraint(condition=models.Q(('field__in', ['role', 'status', 'hours'])), name='attendance_correction_field_known'),
                    ),
                },
            ),
        ]),
    ]
