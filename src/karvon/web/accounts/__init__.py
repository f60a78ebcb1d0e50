"""Signing in, one's own account, and everybody's accounts.

django-allauth does what is hard about signing in (limits, codes, passkeys, second factors); the pages, the words
and the rules of who may see what are ours.
"""
