"""Numbers and names of natural persons, in every notation, where they belong and where they do not."""

from random import Random

from graph.check_digits import is_uscc
from tests.resilience.base import FIXTURE_NAMES, FIXTURE_NUMBERS, privacy_rows
from tests.resilience.dataset import SUBJECTS, Dataset
from tests.resilience.writings import separated, widened, write_number
from tests.support.numbers import resident_id

SURNAMES, GIVEN = "甄闵郗逄麴逯乜", ("有乾", "蕴玉", "知鱼", "如晦", "见素", "抱朴")
PINYIN = ("Zhen Youqian", "MIN YUNYU", "Xi Zhiyu", "Pang, Ruhui", "Lu Jiansu", "Anna-Maria Nie")
LISTED = ("signatories", "memoranda", "targets", "agencies", "divisions", "power_items", "legal_bases")
STORED = (
    "reason", "document_no", "removal_reason", "listing_no", "registration_no", "name", "source", "title",
    "content", "field", "doc_number", "category", "step", "short_name", "code", "legal_bases",
)  # fmt: skip


def number_otherwise_written(rng: Random, dataset: Dataset) -> None:
    """In the column where it belongs."""
    for _ in range(rng.choice((1, 5))):
        cell = dataset.pick_cell(rng, ("identifier", "person", "entity"))
        if cell and cell.text in dataset.numbers:
            cell.put(write_number(rng, cell.text))


def number_where_it_does_not_belong(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 5))):
        _put(rng, dataset, write_number(rng, _number(rng, dataset)), among=SUBJECTS if rng.random() < 0.7 else ())


def number_in_a_column_of_texts(rng: Random, dataset: Dataset) -> None:
    """In a column whose texts are stored unchanged."""
    text = write_number(rng, _number(rng, dataset))
    _put(rng, dataset, rng.choice(("{}", "{}", "被执行人{}不履行", "见 {} 号决定", "x{}y")).replace("{}", text), STORED)


def number_in_a_list(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, LISTED)
    if cell:
        items = [*cell.text.split(";"), write_number(rng, _number(rng, dataset)), _number(rng, dataset)]
        cell.put(";".join(rng.sample(items, len(items))))


def number_of_an_unknown_person(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng, ("person", "entity", "organization"))
    if cell:
        cell.put(write_number(rng, _new_number(rng, dataset)))


def number_with_a_slip(rng: Random, dataset: Dataset) -> None:
    """With one digit wrong, lost, doubled, or replaced by a letter."""
    for _ in range(rng.choice((1, 5))):
        number, place = _number(rng, dataset), rng.randrange(17)
        letters = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"}
        wrong = rng.choice((str((int(number[place]) + 1) % 10), "", number[place] * 2, letters.get(number[place], "")))
        slipped = number[:place] + wrong + number[place + 1 :]
        dataset.numbers.add(slipped if slipped[:-1].isdigit() else number)
        _put(rng, dataset, separated(rng, slipped) if rng.random() < 0.3 else slipped, among=SUBJECTS)


def number_of_fifteen_digits(rng: Random, dataset: Dataset) -> None:
    number = _number(rng, dataset)
    old = number[:6] + number[8:17]
    dataset.numbers.add(old)
    _put(rng, dataset, write_number(rng, old), ("identifier", "person", "entity", "reason", "name", "org_code"))


def two_numbers_in_a_cell(rng: Random, dataset: Dataset) -> None:
    pair = [write_number(rng, _number(rng, dataset)) for _ in range(2)]
    _put(rng, dataset, rng.choice((" ", ";", "/", "、", "\n", "和", "|")).join(pair), among=SUBJECTS)


def number_in_another_width(rng: Random, dataset: Dataset) -> None:
    _put(rng, dataset, widened(rng, _number(rng, dataset)), among=SUBJECTS)


def number_behind_a_long_text(rng: Random, dataset: Dataset) -> None:
    """So that cutting the value for display may leave half a number."""
    text = rng.choice(("x", "理", "1-", "y ")) * rng.choice((10, 70, 140, 290)) + "x" * rng.randrange(12)
    _put(rng, dataset, text + _number(rng, dataset) + "x" * rng.choice((0, 0, 900)), among=SUBJECTS)


def name_where_it_does_not_belong(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 5))):
        cell = dataset.pick_cell(rng, among=SUBJECTS)
        if cell:
            column = cell.rows[0][cell.column]
            one_word = column in ("identifier", "name", "entity", "person", "organization", "reason")
            names = sorted(name for name in dataset.names if one_word or not name.isascii() or " " in name)
            cell.put(rng.choice(names))


def name_with_more(rng: Random, dataset: Dataset) -> None:
    text = rng.choice(("{}先生", "{} (已故)", "原名{}", "{};{}", " {} ", "{}\n", "{}x" + "x" * 1_000, "{}等三人"))
    names = [name for name in sorted(dataset.names) if " " in name or not name.isascii()]
    _put(rng, dataset, text.replace("{}", rng.choice(names)), among=SUBJECTS)


def name_in_two_writings(rng: Random, dataset: Dataset) -> None:
    """The row of a person with a new name, and another error."""
    cell = dataset.pick_cell(rng, ("kind", "scheme", "region_code", "org_code"), ("entities.csv",))
    if cell and "RESIDENT_ID" in cell.rows[cell.row] and "name" in cell.rows[0]:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) if rng.random() < 0.5 else rng.choice(PINYIN)
        dataset.names.add(name)
        place = cell.rows[0].index("name")
        if place < len(cell.rows[cell.row]):
            cell.rows[cell.row][place] = name
        cell.put(rng.choice((name, name.upper(), "NONSENSE", "")))


def name_and_number_exchanged(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, ("entities.csv",))
    for row in rng.sample(rows[1:], min(5, len(rows) - 1)) if name else ():
        if len(row) > 3:
            row[0], row[3] = row[3], row[0]
    if name:
        dataset.put(name, rows)


def name_for_a_subject(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 5))):
        _put(rng, dataset, rng.choice(sorted(dataset.names)), ("person", "entity", "organization"))


def person_taken_for_an_organisation(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, ("entities.csv",))
    if name:
        swaps = {"RESIDENT_ID": "USCC", "NATURAL_PERSON": rng.choice(("NATURAL_PERSON", "LEGAL_PERSON"))}
        persons = [row for row in rows[1:] if "RESIDENT_ID" in row]
        for row in rng.sample(persons, min(5, len(persons))):
            row[:] = [swaps.get(cell, cell) for cell in row]
        dataset.put(name, rows)


def organisation_taken_for_a_person(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, ("entities.csv",))
    if name:
        others = [row for row in rows[1:] if "USCC" in row]
        for row in rng.sample(others, min(5, len(others))):
            row[:] = ["RESIDENT_ID" if cell == "USCC" else cell for cell in row]
        dataset.put(name, rows)


def rows_seen_before(rng: Random, dataset: Dataset) -> None:
    """Some of the rows of privacy/, added or in place of others."""
    dataset.numbers |= FIXTURE_NUMBERS
    dataset.names |= FIXTURE_NAMES
    for name in ("entities.csv", "listings.csv"):
        header, *rows = privacy_rows(name)
        present = dataset.table(name)
        taken = rows if rng.random() < 0.3 else rng.sample(rows, rng.randrange(1, len(rows)))
        if not present or set(header) - set(present[0]):
            dataset.put(name, [header, *taken])
            continue
        places = [header.index(column) if column in header else -1 for column in present[0]]
        fitted = [[row[place] if place >= 0 else "" for place in places] for row in taken]
        dataset.put(name, present + fitted)


def _number(rng: Random, dataset: Dataset) -> str:
    """The number of a person in the dataset, or a new one."""
    right = sorted(number for number in dataset.numbers if len(number) == 18)
    return rng.choice(right) if right and rng.random() < 0.7 else _new_number(rng, dataset)


def _new_number(rng: Random, dataset: Dataset) -> str:
    number = resident_id(rng.randrange(6 * 19_000 * 999))
    while is_uscc(number):
        number = resident_id(rng.randrange(6 * 19_000 * 999))
    dataset.numbers.add(number)
    return number


def _put(rng: Random, dataset: Dataset, text: str, columns: tuple[str, ...] = (), among: tuple[str, ...] = ()) -> None:
    cell = dataset.pick_cell(rng, columns, among)
    if cell:
        cell.put(text)


MUTATIONS = (
    number_otherwise_written, number_where_it_does_not_belong, number_in_a_column_of_texts, number_in_a_list,
    number_of_an_unknown_person, number_with_a_slip, number_of_fifteen_digits, two_numbers_in_a_cell,
    number_in_another_width, number_behind_a_long_text, name_where_it_does_not_belong, name_with_more,
    name_in_two_writings, name_and_number_exchanged, name_for_a_subject, person_taken_for_an_organisation,
    organisation_taken_for_a_person, rows_seen_before,
)  # fmt: skip
