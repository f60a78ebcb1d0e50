from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='namekey',
            name='name_key_lookup',
        ),
        migrations.AddIndex(
            model_name='namekey',
            index=models.Index(fields=['programme', 'key'], name='name_key_lookup', opclasses=('int8_ops', 'varchar_pattern_ops')),
        ),
    ]
