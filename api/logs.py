"""Logging of the process: one line an event on standard error; whatever could be a resident ID is masked."""

import logging

from graph.identity import scrub


class ScrubbingFormatter(logging.Formatter):
    """Formats a record, its trace included, and masks what could be a resident ID."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines of the record."""
        return scrub(super().format(record))


def set_up_logging(level: str) -> None:
    """Send the logs of every library through one handler."""
    handler = logging.StreamHandler()
    handler.setFormatter(ScrubbingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("jointcredit").setLevel(level)
    # Whatever the driver complains of it raises too, and we tell that in one line.
    logging.getLogger("neo4j").setLevel("CRITICAL")
