"""The words of attendance that the grid and its forms use."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon.web.words import STATUS, Words

PRESENCE: Final[Words] = {**STATUS, "absent": pgettext_lazy("attendance", "not there")}
"""What somebody can be on a day."""
CORRECTED: Final[Words] = {"role": _("Role"), "status": _("Presence"), "hours": _("Hours")}
"""What can be corrected."""
