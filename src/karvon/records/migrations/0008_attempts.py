from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_evidence_on_the_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'attempts',
            },
        ),
    ]
