"""Logging of the process: one line an event on standard error; what may be a person's number is masked."""

import logging
from typing import Any

from graph.masking import mask_text


class MaskingFormatter(logging.Formatter):
    """Formats a record, its trace included, and masks what may be a person's number. The line's own time is none."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The first line of the record."""
        record.message = mask_text(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        """The trace of an exception."""
        return mask_text(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        """Where the record was made."""
        return mask_text(super().formatStack(stack_info))


def set_up_logging(level: str) -> None:
    """Send the logs of every library through one handler."""
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("jointcredit").setLevel(level)
    # Whatever the driver complains of it raises too, and we tell that in one line.
    logging.getLogger("neo4j").setLevel("CRITICAL")
