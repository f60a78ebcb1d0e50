from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_accounts_roles_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='edited',
            field=models.BooleanField(default=False),
        ),
    ]
