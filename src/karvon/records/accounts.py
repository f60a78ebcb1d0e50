"""Who may sign in. Roles come with sign-in; until then nobody can, and `serve` stays on loopback."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account; the swapped-in user model from the first migration on."""
