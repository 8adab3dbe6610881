"""The notations in which people, spreadsheets and converters write a number."""

from random import Random

BLANKS = (
    " ",
    "  ",
    "\u3000",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\u2003",
    "\u205f",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    "\x0b",
)
HYPHENS = ("-", "－", "‐", "‑", "‒", "–", "—", "―", "−", "﹣", "⁃", "~", "～")
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c", "\u180e")
MARKS = (
    ".",
    "·",
    "・",
    "•",
    "．",
    "。",
    "_",
    "＿",
    "/",
    "／",
    "\\",
    ",",
    "，",
    ":",
    "'",
    "’",
    "|",
    "、",
    " - ",
    ". ",
    "()",
    "\u0301",
)
SEPARATORS = (*BLANKS, *HYPHENS, *INVISIBLE, *MARKS)
WIDTHS = ("０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿", "٠١٢٣٤٥٦٧٨٩")
AROUND = ("", "", "'", "\ufeff", "ID", "身份证", "No.", "（", "=", '"', "RID:")


def write_number(rng: Random, number: str) -> str:
    """The number in one of its notations, perhaps with something before it."""
    text = separated(rng, number) if rng.random() < 0.7 else number
    if rng.random() < 0.2:
        text = widened(rng, text)
    if rng.random() < 0.2:
        text = text.replace("X", rng.choice("xＸｘ"))
    return rng.choice(AROUND) + text + rng.choice(("", "", " ", "）", "。", "\n"))


def separated(rng: Random, number: str) -> str:
    """With a separator after district and birthday, between groups of four, between all digits, or anywhere."""
    separator = rng.choice(SEPARATORS)
    cuts = rng.choice(([6, 14], [4, 8, 12, 16], list(range(1, len(number))), [rng.randrange(1, len(number))]))
    parts = [number[start:end] for start, end in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    return separator.join(parts)


def widened(rng: Random, text: str) -> str:
    """In digits of another width or script."""
    return text.translate(str.maketrans("0123456789", rng.choice(WIDTHS)))
