import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECTED = django.db.models.deletion.PROTECT


def release_what_everybody_read(apps, schema_editor):
    """Until now every edition could be read by everybody: it stays so."""
    release = apps.get_model('records', 'EditionRelease')
    release.objects.bulk_create(
        release(edition=edition, step='published', at=edition.made_at, reason='')
        for edition in apps.get_model('records', 'Edition').objects.order_by('id')
    )


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0009_attendance_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='contract',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AddField(
            model_name='edition',
            name='starts',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='ends',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='EditionRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(null=True, on_delete=PROTECTED, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=PROTECTED, related_name='releases', to='records.edition')),
            ],
            options={
                'ordering': ('id',),
                'constraints': (models.CheckConstraint(condition=models.Q(('step__in', ['published', 'withdrawn'])), name='edition_release_step_known'),),
            },
        ),
        migrations.RunPython(release_what_everybody_read, migrations.RunPython.noop),
    ]
