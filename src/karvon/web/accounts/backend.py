"""Who a session belongs to, read with their roles in one SQL statement, because every page asks for both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from karvon.queries.accounts import user_with_grants
from karvon.records.models import User


class OneStatement(AuthenticationBackend):  # type: ignore[misc]  # ships no types
    def get_user(self, user_id: Any) -> User | None:
        """The account, unless it is closed; ``grants`` holds its roles."""
        found = user_with_grants(int(user_id))
        if found is None:
            return None
        user, grants = found
        user.grants = grants  # type: ignore[attr-defined]  # read by karvon.web.access
        return user
