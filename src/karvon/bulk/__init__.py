"""Millions of lines: the candidate join of ``rules.identity`` on DuckDB or Spark.

The engine joins keys and nothing else. Features, weights, clustering and bands are those of
``karvon.rules.identity``, so the answer is the same as ``karvon.rules.identity.resolve.resolve`` gives on the same
lines, decisions and snapshot.
"""

from karvon.bulk.linking import Assigned, EngineMissing, EngineName, resolution, resolve

__all__ = ["Assigned", "EngineMissing", "EngineName", "resolution", "resolve"]
