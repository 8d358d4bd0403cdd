"""A Spark session, and what is said when there is none to be had."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

from factloom.ontology.errors import UsageError


def missing() -> str | None:
    """What keeps Spark from running here, in one line with the remedy; None when nothing does."""
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        return f"the Spark engine needs {error.name}: pip install 'factloom[spark]'"
    home = os.environ.get("JAVA_HOME")
    if not (home and os.path.exists(os.path.join(home, "bin", "java"))) and not shutil.which("java"):  # noqa: PTH110, PTH118
        return "the Spark engine needs Java 17 or newer: install it (apt-get install openjdk-17-jre-headless)"
    return None


def session(master: str) -> Any:
    """The running session, or a new one at `master` (local[2], spark://host:7077, yarn, …).

    Raises `UsageError` when Spark or Java is absent or the master can't be reached.
    """
    lacking = missing()
    if lacking is not None:
        raise UsageError(lacking)
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Executors on this machine use the interpreter, and so the packages, that runs here.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("factloom")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        found = builder.getOrCreate()
        # Each part of a shuffle costs a call of Python; the default of 200 is for far larger machines.
        parts = str(PARTS_PER_CORE * int(found.sparkContext.defaultParallelism))
        found.conf.set("spark.sql.shuffle.partitions", parts)
    except (PySparkException, RuntimeError, OSError) as error:
        raise UsageError(f"cannot start Spark at {master!r}: {str(error).splitlines()[0]}") from error
    return found


# Parts of the data for each core: enough that a slow one at the end costs little.
PARTS_PER_CORE = 4
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
    # The parser uses one core; a task is lost with its worker and done again elsewhere.
    "spark.task.maxFailures": "8",
}
