"""Who pays what: contract shares of visits and events. Money itself lives on contracts only."""

from karvon.rules.funding.shares import effective_shares, paying_contracts, share_problems, unfunded_percent
from karvon.rules.funding.whole_programme import funding_problems

__all__ = ["effective_shares", "funding_problems", "paying_contracts", "share_problems", "unfunded_percent"]
