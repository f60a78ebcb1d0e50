import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from karvon.records.tables import CreateTables


def by(to, kept, name='+', null=True):
    return models.ForeignKey(null=null, on_delete=kept, related_name=name, to=to)


GOES_WITH = django.db.models.deletion.CASCADE
PROTECTED = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_what_identity_reads'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=Q(('email', ''), _negated=True), name='user_email_once'),
        ),
        CreateTables([
            migrations.CreateModel(
                name='AccountRole',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=20)),
                    ('given_at', models.DateTimeField()),
                    ('contract', by('records.contract', GOES_WITH)),
                    ('expert', by('records.expert', GOES_WITH)),
                    ('given_by', by(settings.AUTH_USER_MODEL, PROTECTED)),
                    ('programme', by('records.programme', GOES_WITH)),
                    ('user', by(settings.AUTH_USER_MODEL, GOES_WITH, 'roles', null=False)),
                ],
                options={
                    'ordering': ('id',),
                    'constraints': (
                        models.CheckConstraint(condition=Q(Q(('contract__isnull', True), ('expert__isnull', True), ('programme__isnull', True), ('role', 'administrator')), Q(('contract__isnull', True), ('expert__isnull', True), ('programme__isnull', False), ('role', 'coordinator')), Q(('contract__isnull', True), ('expert__isnull', False), ('programme__isnull', False), ('role', 'expert')), Q(('contract__isnull', False), ('expert__isnull', True), ('programme__isnull', False), ('role', 'auditor')), _connector='OR'), name='account_role_has_its_place'),
                        models.UniqueConstraint(condition=Q(('role', 'administrator')), fields=('user',), name='account_administrator_once'),
                        models.UniqueConstraint(condition=Q(('role', 'coordinator')), fields=('user', 'programme'), name='account_coordinator_once'),
                        models.UniqueConstraint(condition=Q(('role', 'expert')), fields=('user', 'expert'), name='account_expert_once'),
                        models.UniqueConstraint(condition=Q(('role', 'auditor')), fields=('user', 'contract'), name='account_auditor_once'),
                    ),
                },
            ),
            migrations.CreateModel(
                name='OneTimeLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('purpose', models.CharField(max_length=20)),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('made_by', by(settings.AUTH_USER_MODEL, PROTECTED)),
                    ('user', by(settings.AUTH_USER_MODEL, GOES_WITH, 'links')),
                ],
                options={
                    'constraints': (
                        models.CheckConstraint(condition=Q(('purpose__in', ['first', 'invitation', 'password', 'anew'])), name='one_time_link_purpose_known'),
                        models.CheckConstraint(condition=Q(Q(('purpose', 'first'), ('user__isnull', True)), Q(Q(('purpose', 'first'), _negated=True), ('user__isnull', False)), _connector='OR'), name='one_time_link_has_its_account'),
                    ),
                },
            ),
        ]),
    ]
