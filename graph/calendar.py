"""Today, as the law counts it: the day in China."""

import datetime as dt

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""China has had no summer time since 1991: a fixed offset needs no time zone database."""


def today() -> dt.date:
    """The day that `asOf` defaults to."""
    return dt.datetime.now(SHANGHAI).date()


def seconds_left_today() -> int:
    """Until that day ends."""
    now = dt.datetime.now(SHANGHAI)
    return (now.replace(hour=23, minute=59, second=59) - now).seconds + 1
