"""The content of a cell: huge texts, and invalid lists, dates, numbers, words and codes."""

from random import Random

from tests.resilience.dataset import Dataset

DATES = (
    "2018-02-30", "2019-02-29", "2018-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "2018-1-1", "20180101", "2018/01/01", "2018年1月1日", "长期", "01.02.2018", "2018-01-01T00:00:00", "43101",
    "4.31E+04", "-2018-01-01", "２０１８-０１-０１", "2018–01–01", "2018-01-01 ", "٢٠١٨-٠١-٠١", "1582-10-10",
    "2018-W01-1", "today", "2018-00-10", "2018-01-32",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1.5", "1e3", "2147483648", "99999999999999999999", "0x10", "１２", "٣", "²", "½", "Ⅳ", "四",
    "1,000", "+1", "1_0", "NaN", "∞", "00012", "⑫", "1 2", "𝟙",
)  # fmt: skip
WORDS = (
    "black", "Black", "LEGAL PERSON", "legal_person", "法人", "NATURAL-PERSON", "High", "高", "是", "TRUE", "1",
    "yes", "NULL", "None", "null", "N/A", "nan", "-", "－", "#REF!", "=1+1", "@SUM(A1)", "ＲＥＤ", "RED ",
    "RΕD", "ＡＰＩ", "api",
)  # fmt: skip
TEXTS = (
    "[red]x[/red]", "[/]", "[link=x]y", ":100:", ":smile:", "{0}", "{x!r}", "%s%n", "../../etc/passwd",
    "<script>", "'; DROP", "`", "$rows", "\\", "\\u0041", "\\N", "\x1b[2J", "\x1b]8;;x\x07", "\u202e", "\x7f",
    "\x85", "𠮷", "e\u0301", "ﷺ", "ǅ", "\U000e0001", "\ufdd0", "🏳️‍🌈", "a\u0300" * 50, "İ", "ß", "\u0345",
    "x\x00y", "\x1f", "\x1c", "__class__",
)  # fmt: skip
SPACES = (" ", "\u3000", "\t", "\u00a0", "\u200b", "\ufeff", "\n", "\u2028", "\x0b", "\x1f", "\u00ad", "\u180e", "\x85")
LISTS = ("signatories", "memoranda", "targets", "agencies", "divisions", "power_items", "legal_bases")
CODES = (
    "code", "listing_no", "region_code", "agency_code", "list_code", "parent_code", "memorandum_code",
    "measure_code", "org_code", "registration_no", "identifier", "person", "organization", "entity",
)  # fmt: skip
WORDED = (
    "level", "kind", "color", "scene", "nature", "targets", "mode", "status", "scheme", "role", "confidence",
    "is_public", "is_key_item",
)  # fmt: skip
DATED = (
    "valid_to",
    "issued_on",
    "effective_from",
    "effective_to",
    "since",
    "until",
    "listed_on",
    "expires_on",
    "removed_on",
)
LIMITS = (200, 201, 1_000, 1_001, 8_191, 8_192, 32_766, 32_767, 131_071, 131_072, 131_073)


def cell_at_a_limit(rng: Random, dataset: Dataset) -> None:
    """As many characters as a limit allows, or one more."""
    _put(rng, dataset, rng.choice(("x", "税", "𠮷", "0", "a b ", "é")) * (length := rng.choice(LIMITS)), length=length)


def million_digits(rng: Random, dataset: Dataset) -> None:
    _put(
        rng,
        dataset,
        rng.choice(("9", "0", "1234567890", "４")) * rng.choice((10_000, 100_000, 1_000_000)),
        length=1_000_000,
    )


def number_of_thousands_of_digits(rng: Random, dataset: Dataset) -> None:
    _put(rng, dataset, rng.choice("91") * rng.choice((13, 400, 5_000, 100_000)), ("number", "validity_months"))


def hardly_a_number(rng: Random, dataset: Dataset) -> None:
    """Long runs that make a pattern backtrack."""
    _put(
        rng,
        dataset,
        rng.choice(("1 ", "1-", "1" * 17 + " ", "1X", "1  ", "-", "１ ")) * rng.choice((500, 20_000)) + "y",
    )


def long_list(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, LISTS)
    if cell:
        items = (f"{n}" for n in range(rng.choice((300, 20_000))))
        cell.put(
            ";".join(items) if rng.random() < 0.7 else ";".join([cell.text.split(";")[0]] * rng.choice((300, 20_000)))
        )


def list_with_empty_items(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, LISTS)
    if cell:
        cell.put(
            rng.choice((";{}", "{};", "{};;{}", ";", ";;;;", "{}; ;{}", "{};\u3000", "；{}；")).replace("{}", cell.text)
        )


def list_separated_otherwise(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, LISTS)
    if cell:
        cell.put(cell.text.replace(";", rng.choice("；，、|/ \n,") * rng.choice((1, 2))))


def list_in_another_column(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng)
    if cell:
        cell.put(f"{cell.text}{rng.choice(';；')}{cell.text}")


def space_in_cells(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng)
    if cell:
        place, space = rng.randint(0, len(cell.text)), rng.choice(SPACES)
        cell.put(cell.text[:place] + space + cell.text[place:] if rng.random() < 0.5 else f"{space}{cell.text}{space}")
        dataset.cut = True


def no_date(rng: Random, dataset: Dataset) -> None:
    _put(rng, dataset, rng.choice(DATES), DATED)


def no_number(rng: Random, dataset: Dataset) -> None:
    _put(rng, dataset, rng.choice(NUMBERS), ("number", "validity_months"))


def no_word(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, WORDED)
    if cell:
        cell.put(rng.choice((*WORDS, cell.text.lower(), cell.text.replace("_", " "), f"{cell.text};{cell.text}")))


def no_code(rng: Random, dataset: Dataset) -> None:
    _put(rng, dataset, rng.choice((*TEXTS, *WORDS, "x" * 201)), CODES)


def odd_text(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 3))):
        _put(rng, dataset, rng.choice(TEXTS))


def odd_text_everywhere(rng: Random, dataset: Dataset) -> None:
    """The same in every cell of a row, so that each kind of refusal is tried."""
    name, rows = dataset.pick(rng)
    for row in rng.sample(rows[1:], min(3, len(rows) - 1)) if name else ():
        row[:] = rng.choices((*TEXTS, *WORDS, *NUMBERS, *DATES), k=len(row))
    if name:
        dataset.put(name, rows)


def wrong_check_character(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, ("identifier", "person", "organization", "entity", "org_code"))
    if cell and cell.text:
        place = rng.randrange(len(cell.text))
        _note(dataset, cell.text, wrong := cell.text[:place] + rng.choice("0123456789X") + cell.text[place + 1 :])
        cell.put(wrong)


def separated_code(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, CODES)
    if cell:
        cell.put(rng.choice((" ", "-", "\u3000", "/", "\u200b", ".")).join(cell.text))


def _note(dataset: Dataset, number: str, changed: str) -> None:
    if number in dataset.numbers:
        dataset.numbers.add(changed)


def _put(rng: Random, dataset: Dataset, text: str, columns: tuple[str, ...] = (), length: int | None = None) -> None:
    cell = dataset.pick_cell(rng, columns)
    if cell:
        cell.put(text[:length] if length else text)


MUTATIONS = (
    cell_at_a_limit, million_digits, number_of_thousands_of_digits, hardly_a_number, long_list, list_with_empty_items,
    list_separated_otherwise, list_in_another_column, space_in_cells, no_date, no_number, no_word, no_code, odd_text,
    odd_text_everywhere, wrong_check_character, separated_code,
)  # fmt: skip
