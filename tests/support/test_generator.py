"""The guarantees of the generator."""

import filecmp
from datetime import date
from pathlib import Path

import pytest

from graph.model import MeasureNature
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF
from tests.support.generator import make_dataset
from tests.support.numbers import USCC, org_code, registration_no, resident_id, uscc


def test_identifiers_carry_the_check_characters_of_published_examples() -> None:
    assert uscc("91", "350100", "M000100Y4") == "91350100M000100Y43"
    assert registration_no("110108", 1) == "110108000000016"
    number = 0
    for c in "D2143569":
        number = number * 31 + USCC.index(c)
    assert org_code(number) == "D2143569X"


@pytest.mark.parametrize("n", [0, 1, 998, 999, 12_345_678, 6 * 19_000 * 999 - 1])
def test_resident_ids_have_a_date_of_birth_and_a_sum_of_one(n: int) -> None:
    number = resident_id(n)
    assert 1950 <= date.fromisoformat(number[6:14]).year <= 2002
    assert sum((10 if c == "X" else int(c)) * 2 ** (17 - i) for i, c in enumerate(number)) % 11 == 1


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_dataset(tmp_path / name, entities=40, seed=seed)
    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert len(names) == 11
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)[0] == names
    assert "listings.csv" in filecmp.cmpfiles(tmp_path / "a", tmp_path / "c", names, shallow=False)[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_generated_dataset_shows_what_the_rules_distinguish(tmp_path: Path, seed: int) -> None:
    make_dataset(tmp_path, seed=seed)
    reading = Reading.load(tmp_path)
    tables = reading.tables
    days = [(e, d) for e in tables.entities for d in AS_OF]
    assert {reading.standing(e, d) for e, d in days} == {"CLEAR", "RED", "BLACK", "MIXED"}
    applicable = [x for e, d in days for x in reading.applicable(e, d)]
    found = {(tables.measures[x.measure].nature, g.via) for x in applicable for g in x.grounds}
    assert found == {(nature, via) for nature in MeasureNature for via in ("DIRECT", "AFFILIATED")}
    assert any({g.via for g in x.grounds} == {"DIRECT", "AFFILIATED"} for x in applicable)
    paths = [p for e, d in days for p in reading.paths(e, d)]
    shapes = {(p.ground.via, p.power_item is None, p.division is None) for p in paths}
    assert len(shapes) == 6
    ends = {(x.listed_on - d).days for x in tables.listings.values() for d in AS_OF}
    ends &= {(x.removed_on - d).days for x in tables.listings.values() if x.removed_on for d in AS_OF}
    assert {-1, 0, 1} <= ends
    assert {len(x.memoranda) for x in tables.lists.values()} >= {0, 1, 2}
    assert not any(a.person == a.organization for a in tables.affiliations.values())


def test_an_empty_dataset_can_be_made(tmp_path: Path) -> None:
    make_dataset(tmp_path, entities=0, memoranda=0, power_items=0)
    assert not Reading.load(tmp_path).tables.entities
