"""Reads the body of a request, up to a number of bytes and within a number of seconds."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from api.errors import RequestError

LINGER = 64
"""A body that is too large is read and discarded, up to so many times the limit: a client that is cut off while it
sends sees a broken connection instead of the answer with the limit."""
CLOSE = {"Connection": "close"}


async def read_body(request: Request, most: int, seconds: float) -> bytes:
    """The whole body. Raises RequestError: 413 beyond `most` bytes, 408 after `seconds`, 400 if it ends early."""
    length = request.headers.get("content-length", "")
    announced = int(length[:20]) if length.isdecimal() else 0
    if announced > most * LINGER or (announced > most and "expect" in request.headers):
        raise _too_large(most)
    body = bytearray()
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most * LINGER:
                    break
                if max(size, announced) > most:
                    body.clear()
                else:
                    body += chunk
    except TimeoutError:
        message = f"the body did not arrive within {seconds:g} s (JOINTCREDIT_BODY_TIMEOUT): send it faster, or less"
        raise RequestError(408, "REQUEST_TIMEOUT", message, CLOSE) from None
    except ClientDisconnect:
        raise RequestError(400, "BAD_REQUEST", "the body ended early", CLOSE) from None
    if size > most:
        raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> RequestError:
    message = f"the body is larger than {most} bytes (JOINTCREDIT_MAX_BODY): send it in parts"
    return RequestError(413, "PAYLOAD_TOO_LARGE", message, CLOSE)
