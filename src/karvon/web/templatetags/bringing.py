"""What forms that lay files down need."""

from django import template

from karvon.actions.journal import new_id

register = template.Library()


@register.simple_tag
def fresh_key() -> str:
    """The id of the thing a form will make, so that the form sent twice makes one thing."""
    return new_id()
