"""Valid identifiers of nobody: serial numbers with correct check characters."""

from datetime import date, timedelta

BIRTHPLACES = ("440304", "440703", "442000", "441322", "430521", "110104")  # the last three are renamed or dissolved
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z


def org_code(n: int) -> str:
    """The organisation code (GB 11714) of the n-th of 31**8 organisations, of characters that a USCC allows."""
    body = ""
    for _ in range(8):
        n, digit = divmod(n, 31)
        body = USCC[digit] + body
    values = [int(c, 36) for c in body]
    check = 11 - sum(w * v for w, v in zip((3, 7, 9, 10, 5, 8, 4, 2), values, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def uscc(prefix: str, region: str, organization: str) -> str:
    """The unified social credit code (GB 32100-2015) of an organisation code; prefix: authority and category."""
    body = prefix + region + organization
    return body + USCC[-sum(pow(3, i, 31) * USCC.index(c) for i, c in enumerate(body)) % 31]


def registration_no(region: str, serial: int) -> str:
    """A registration number of 15 digits: region, serial, check digit (ISO 7064 MOD 11,10)."""
    body = f"{region}{serial:08d}"
    product = 10
    for c in body:
        product = ((product + int(c)) % 10 or 10) * 2 % 11
    return f"{body}{(11 - product) % 10}"


def resident_id(n: int) -> str:
    """The n-th resident ID (GB 11643) of people born from 1950 to 2001: n below 6 * 19,000 * 999."""
    n, sequence = divmod(n, 999)
    n, day = divmod(n, 19_000)
    body = f"{BIRTHPLACES[n]}{date(1950, 1, 1) + timedelta(day):%Y%m%d}{sequence + 1:03d}"
    return body + "10X98765432"[sum(pow(2, 17 - i, 11) * int(c) for i, c in enumerate(body)) % 11]
