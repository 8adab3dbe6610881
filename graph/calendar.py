"""The current day, which is the day in China."""

import datetime as dt

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""UTC+8. China has had no summer time since 1991, so a fixed offset replaces the time zone database."""


def today() -> dt.date:
    """The day that `asOf` defaults to."""
    return dt.datetime.now(SHANGHAI).date()


def seconds_left_today() -> int:
    """Seconds until the day in China ends."""
    now = dt.datetime.now(SHANGHAI)
    return (now.replace(hour=23, minute=59, second=59) - now).seconds + 1
