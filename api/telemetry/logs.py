"""Logging of the process: one line per event on standard error; what may be a person's number is masked."""

import logging
from typing import Any

from graph.masking import mask_text


class MaskingFormatter(logging.Formatter):
    """Formats a record with its traceback, and masks what may be a person's number. The timestamp is not masked."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The first line of the record."""
        record.message = mask_text(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        """The traceback of an exception."""
        return mask_text(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        """The stack of the record."""
        return mask_text(super().formatStack(stack_info))


def set_up_logging(level: str) -> None:
    """Send the logs of all libraries through one handler."""
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("jointcredit").setLevel(level)
    # The driver also raises everything that it logs, and the gateway reports that in one line.
    logging.getLogger("neo4j").setLevel("CRITICAL")
