"""Wall-clock seconds by stage; they go into report.json and the log alone."""

from __future__ import annotations

import logging
import time

log = logging.getLogger(__name__)


class Clock:
    """Seconds of each stage (`laps`, rounded to a thousandth), and when it was started (UTC)."""

    def __init__(self) -> None:
        self.started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """The stage ends now."""
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 3)
        self._last = now
        log.info("stage", extra={"stage": stage, "seconds": self.laps[stage]})
