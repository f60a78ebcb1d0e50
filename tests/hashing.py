"""How passwords are kept in tests: as in life, but with one round instead of a million."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class OneRound(PBKDF2PasswordHasher):
    """Half a second less for every account a test makes."""

    iterations = 1
