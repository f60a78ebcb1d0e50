"""The join on Spark: on this machine's cores, or on the cluster whose session is active.

On a cluster the working folder must be one that all its machines see.
"""

from pathlib import Path

from pyspark.sql import SparkSession

from karvon.bulk.joining import COLUMNS, pairs_statement


class Spark:
    """An engine that uses the active session, or starts one and stops it afterwards."""

    def __call__(self, *, keys: Path, pairs: Path) -> None:
        active = SparkSession.getActiveSession()
        session = active or _started(keys.with_name("spill"))
        try:
            schema = ", ".join(f"{name} {kind}" for name, kind in COLUMNS)
            session.read.csv(str(keys), schema=schema).createOrReplaceTempView("keys")
            session.sql(pairs_statement()).write.csv(str(pairs))
            session.catalog.dropTempView("keys")
        finally:
            if active is None:
                session.stop()


def _started(scratch: Path) -> SparkSession:
    session = (
        SparkSession.builder.appName("karvon")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.local.dir", str(scratch))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session
