"""Small, nasty datasets in the interchange format: every situation that the rules distinguish, often.

The same arguments give the same bytes. Most dates lie on a day of AS_OF or one day beside it, so a test that asks as of
those days stands on both sides of every boundary. Nothing describes a real person or organisation: identifiers are
counted off and carry valid check characters, names are made of loose characters. Rows may name rows further down.

    python -m tests.support.generator --out DIR [--entities 300] [--seed 1] [--memoranda 12] [--power-items 120]
"""

import argparse
import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

AS_OF = (date(2017, 1, 1), date(2018, 2, 28), date(2018, 10, 1), date(2019, 12, 31), date(2020, 2, 29))

SCENES = ("APPROVAL", "SUPERVISION", "PUBLIC_RESOURCE_TRADING", "FISCAL_FUNDS", "AWARD_EVALUATION", "PUBLIC_SERVICE")
PUNISHING = ("PROHIBITION", "RESTRICTION", "REFERENCE", "SUPERVISION", "PUBLICITY", "ASSISTANCE")
KINDS = ("LEGAL_PERSON", "INDIVIDUAL_BUSINESS", "UNINCORPORATED_ORGANIZATION", "NATURAL_PERSON")
ROLES = ("LEGAL_REPRESENTATIVE", "ACTUAL_CONTROLLER", "EXECUTIVE", "DIRECTLY_RESPONSIBLE")
COLORS = {"REWARD": ("RED",), "PUNISHMENT": ("BLACK",), "BOTH": ("RED", "BLACK")}
CATEGORIES = ("限制市场准入", "限制任职", "限制融资授信", "加强日常监管", "绿色通道", "容缺受理")
TYPES = ("行政许可", "行政确认", "行政检查", "行政给付", "公共服务")
REASONS = ("未履行法定义务", '提供"虚假"材料', "拖欠工资,经催告仍不支付", "第一项\n第二项", "纳税信用A级", "it's; late")
REMOVALS = ("REPAIRED", "OBJECTION_UPHELD", "FULFILLED", "")
NUMBERS = ("〔{}〕{}号", "[{}]{}号", "({}){}号", "（{}）{}号", "［{}］{}号", "【{}】{}号", "〔{}]第{}号")
CONFIDENCES = ("high", "medium", "low", "")
NAME_PARTS = "安邦博昌诚德鼎发丰广海恒华汇嘉建㐂龘犇𠮷𬭎"  # from the BMP, its Extension A, and from outside it
NAME_TAILS = ("有限公司", "(集团)股份公司", "经营部", '"老字号"商行', ",Ltd", ' Co., "HK"', "合作社\n分社", "·分店")
REGIONS = (
    ("440000", "广东省", "100000", "PROVINCE"),
    ("440300", "深圳市", "440000", "CITY"),
    ("440700", "江门市", "440000", "CITY"),
    ("442000", "中山市", "440000", "CITY"),
    ("440304", "福田区", "440300", "COUNTY"),
    ("440703", "蓬江区", "440700", "COUNTY"),
    ("100000", "中华人民共和国", "", "NATIONAL"),  # last: the others name it before it comes
)
BIRTHPLACES = ("440304", "440703", "442000", "441322", "430521", "110104")  # the last three are renamed or dissolved
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
PREFIXES = {
    "LEGAL_PERSON": ("91", "91", "91", "93", "12", "51", "N1"),
    "INDIVIDUAL_BUSINESS": ("92",),
    "UNINCORPORATED_ORGANIZATION": ("91", "59", "Y1"),
}
IDLE = "M7"  # a memorandum that governs no list
LISTING_PREFIXES = ("S", "S", "S", "s", "粤", "﨎", "𠮷")  # not in the order of UTF-16 units

Cells = Sequence[object]


def org_code(n: int) -> str:
    """The organisation code (GB 11714) of the n-th of 31**8 organisations; only characters that a USCC may hold."""
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


def near(rng: Random) -> date:
    """A day of AS_OF or beside it, three times out of four; else any day from 2015 to 2021."""
    if rng.random() < 0.75:
        return rng.choice(AS_OF) + timedelta(rng.choice((-1, 0, 1)))
    return date(2015, 1, 1) + timedelta(rng.randrange(2500))


def after(rng: Random, first: date) -> date:
    """A last day for a period that begins on `first`: sometimes the same day, often beside a day of AS_OF."""
    if rng.random() < 0.1:
        return first
    last = near(rng)
    return last if last >= first else first + timedelta(rng.randrange(1, 900))


def maybe(rng: Random, chance: float, value: object) -> object:
    """The value, or an empty cell."""
    return value if rng.random() < chance else ""


def some(rng: Random, population: Sequence[str], least: int, most: int) -> list[str]:
    """From least to most different members (fewer where there are not so many), in no order."""
    return rng.sample(population, min(len(population), rng.randint(least, most)))


def make_dataset(
    folder: Path, *, entities: int = 300, seed: int = 1, memoranda: int = 12, power_items: int = 120
) -> None:
    """Write the eleven files into the folder, which is made when it is not there.

    The catalogue depends on seed, memoranda and power_items alone. Subjects are written as they are made, so memory
    does not grow with them; their identifiers are unique up to a hundred million of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lists = _catalogue(folder, Random(f"catalogue {seed}"), memoranda, power_items)
    _subjects(folder, Random(f"subjects {seed}"), entities, seed, lists)


def _catalogue(folder: Path, rng: Random, memorandum_count: int, item_count: int) -> list[tuple[str, str]]:
    """Write the eight files that hold no subjects; answer the credit lists, as code and colour."""
    regions = {level: [r[0] for r in REGIONS if r[3] == level] for level in ("NATIONAL", "PROVINCE", "CITY", "COUNTY")}
    _write(folder, "regions", "code,name,parent_code,level", REGIONS)

    agencies: list[tuple[object, ...]] = []
    placed: dict[str, str] = {}  # agency to region
    above: dict[str, list[str]] = {"NATIONAL": [], "PROVINCE": [], "CITY": [], "COUNTY": []}
    for n, level in enumerate(["NATIONAL"] * 4 + ["PROVINCE"] * 10 + ["CITY"] * 8 + ["COUNTY"] * 4):
        code, earlier = f"A{n}", list(placed)
        placed[code] = rng.choice(regions[level])
        parents = {"PROVINCE": above["NATIONAL"], "CITY": above["PROVINCE"], "COUNTY": above["CITY"]}.get(level, [])
        parent = maybe(rng, 0.7, rng.choice(parents)) if parents else ""
        ended = bool(earlier) and rng.random() < 0.25
        successor = maybe(rng, 0.8, rng.choice(earlier)) if ended else ""
        valid_to = near(rng) if ended else ""
        if n in (6, 12, 18):  # in every dataset: duties change hands the day before, on, and the day after
            successor, valid_to = f"A{n - 3}", AS_OF[2] + timedelta(n // 6 - 2)
        elif n == 24:  # and nobody takes over
            successor, valid_to = "", AS_OF[2]
        names = (f"{level[:1]}第{n}局", maybe(rng, 0.7, f"{n}局"))
        agencies.append((code, *names, level, placed[code], parent, valid_to, successor))
        above[level].append(code)
    divisions = {code: [f"{code}-D{k}" for k in range(rng.randrange(4))] for code in placed}
    _write(
        folder,
        "agencies",
        "code,name,short_name,level,region_code,parent_code,valid_to,successor_code",
        rng.sample(agencies, len(agencies)),
        encoding="utf-8-sig",
    )
    rows = [(d, f"第{d[-1]}处", a) for a in divisions for d in divisions[a]]
    _write(folder, "divisions", "code,name,agency_code", rows)
    items = _power_items(folder, rng, item_count, placed, divisions)

    memoranda: list[tuple[object, ...]] = []
    kinds: dict[str, str] = {}
    for n in range(memorandum_count):
        code, earlier = f"M{n}", list(kinds)
        kinds[code] = ("PUNISHMENT", "REWARD", "BOTH", "PUNISHMENT")[n % 4]
        superseding = bool(earlier) and rng.random() < (0.9 if n % 3 == 2 else 0.2)
        superseded = rng.choice([m for m in earlier[-3:] if m not in ("M1", "M3")] or earlier) if superseding else ""
        start = near(rng) if superseding or rng.random() < 0.4 else date(2014, 1, 1) + timedelta(rng.randrange(800))
        doc = f"测财金{rng.choice(NUMBERS).format(start.year, n)}"
        signatories = ";".join(some(rng, list(placed), 1, 12))
        issued = start - timedelta(rng.randrange(30))
        title = f"关于第{n}领域实施联合奖惩的合作备忘录" + str(maybe(rng, 0.2, '("修订版", 试行)'))
        end = maybe(rng, 0.4 if superseding else 0.25, after(rng, start))
        if n == 1:  # in every dataset: a superseder not yet there, there, and gone again
            superseded, start, issued, end = "", date(2014, 7, 1), date(2014, 7, 1), ""
        elif n == 5:
            superseded, start, issued, end = "M1", AS_OF[1], AS_OF[1], AS_OF[3]
        elif n == 3:  # and two superseders, of which the first by code comes last
            superseded, start, issued, end = "", date(2015, 3, 1), date(2015, 3, 1), ""
        elif n in (7, 11):
            superseded, start, end = "M3", AS_OF[3 if n == 7 else 4], ""
            issued = start
        row = (code, title, doc, kinds[code], f"第{n % 7}领域", issued, start, end, superseded, signatories)
        memoranda.append((*row, maybe(rng, 0.5, "公报"), rng.choice(CONFIDENCES)))
    _write(
        folder,
        "memoranda",
        "code,title,doc_number,kind,field,issued_on,effective_from,effective_to,supersedes,signatories,source,confidence",
        rng.sample(memoranda, len(memoranda)),
    )

    lists: list[tuple[object, ...]] = []
    colors: list[tuple[str, str]] = []
    governing_some = [m for m in kinds if m != IDLE]
    wanted = [(color, [m]) for m in governing_some for color in COLORS[kinds[m]]]
    wanted += [(rng.choice(("RED", "BLACK")), some(rng, governing_some, 2, 5)) for _ in governing_some]
    wanted += [("RED", []), ("BLACK", [])]
    for n, (color, governing) in enumerate(wanted):
        code = f"L{n}"
        colors.append((code, color))
        public = rng.choice(("true", "false"))
        name = f"第{n}{'红' if color == 'RED' else '黑'}名单"
        months = maybe(rng, 0.6, rng.choice((12, 36)))
        lists.append((code, name, color, rng.choice(list(placed)), ";".join(governing), public, months))
    header = "code,name,color,recognizing_agency,memoranda,is_public,validity_months"
    _write(folder, "credit_lists", header, rng.sample(lists, len(lists)))
    _measures(folder, rng, kinds, items, list(placed), divisions)
    return colors


def _power_items(
    folder: Path, rng: Random, count: int, placed: dict[str, str], divisions: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Write the items; answer the children of each. Number 0 to 4 are a chain of four hops, which is the longest."""
    rows: list[tuple[object, ...]] = []
    children: dict[str, list[str]] = {}
    depths: dict[str, int] = {}
    for n in range(count):
        code, origin = f"P{n}", ""
        if 0 < n < 5:
            origin = f"P{n - 1}"
        elif n and rng.random() < 0.45:
            origin = rng.choice([p for p in depths if depths[p] < 4])
        depths[code] = depths[origin] + 1 if origin else 0
        children[code] = []
        if origin:
            children[origin].append(code)
        agency = rng.choice(list(placed))
        division = maybe(rng, 0.7, rng.choice(divisions[agency])) if divisions[agency] else ""
        key = rng.choice(("true", "false", "false"))
        scene, kind = rng.choice(SCENES), rng.choice(TYPES)
        region = placed[agency] if rng.random() < 0.8 else rng.choice(REGIONS)[0]  # mostly where its agency is
        rows.append((code, f"事项{n}", kind, scene, agency, division, region, origin, key))
    header = "code,name,type,scene,agency_code,division_code,region_code,devolved_from,is_key_item"
    _write(folder, "power_items", header, rng.sample(rows, len(rows)))
    return children


def _measures(
    folder: Path,
    rng: Random,
    kinds: dict[str, str],
    items: dict[str, list[str]],
    agencies: list[str],
    divisions: dict[str, list[str]],
) -> None:
    measures: list[tuple[object, ...]] = []
    embeddings: dict[tuple[str, str, str], tuple[object, ...]] = {}
    parents = [i for i in items if items[i]]
    for memorandum, kind in kinds.items():
        natures = [n for color in COLORS[kind] for n in (["REWARD"] * 4 if color == "RED" else list(PUNISHING))]
        natures += [rng.choice(("REWARD", *PUNISHING)) for _ in range(rng.randint(2, 5))]  # fitting or not
        for n, nature in enumerate(natures, 1):
            code = f"{memorandum}-{n}"
            gated = some(rng, list(items), *rng.choice(((0, 0), (1, 1), (1, 3), (2, 5))))
            if parents and rng.random() < 0.25:
                parent = rng.choice(parents)
                gated = list(dict.fromkeys([*gated[:4], parent, rng.choice(items[parent])]))
            targets = some(rng, KINDS, rng.choice((0, 1, 1, 1)), 3) + some(rng, ROLES, 0, 3) or [rng.choice(KINDS)]
            implementing = some(rng, agencies, 1, 4)
            offices = [d for a in implementing for d in divisions[a] if rng.random() < 0.4]
            laws = some(rng, ["《乙法》第三条", "《甲条例》,第10条", '《丙"办法"》第2条'], 0, 3)
            content = f"第{n}项措施" + rng.choice(("", '，"从严"', ",\n含下列情形"))
            cells = [";".join(x) for x in (rng.sample(targets, len(targets)), implementing, offices, gated, laws)]
            what = (code, memorandum, n, rng.choice(CATEGORIES), nature, content)
            measures.append((rng.choice(("公报", "", "第三方")), *what, *cells, rng.choice(CONFIDENCES)))
            touched = gated + [child for i in gated for child in items[i]] + some(rng, list(items), 0, 1)
            for item in touched:  # the last of them is mostly no item of the measure, and counts for nothing
                for step in some(rng, ("受理", "审查", "决定"), 0, 2):
                    mode, status = rng.choice(("API", "PAGE_EMBED", "MANUAL_QUERY")), rng.choice(("PLANNED", "LIVE"))
                    embeddings[item, code, step] = (item, code, step, mode, status, near(rng))
    columns = "source,code,memorandum_code,number,category,nature,content,targets,agencies,divisions,power_items"
    _write(folder, "measures", f"{columns},legal_bases,confidence", rng.sample(measures, len(measures)))
    _write(folder, "embeddings", "power_item_code,measure_code,step,mode,status,since", embeddings.values())


def _subjects(folder: Path, rng: Random, count: int, seed: int, lists: list[tuple[str, str]]) -> None:
    by_color = {c: [code for code, color in lists if color == c] for c in ("RED", "BLACK")}
    recent: deque[str] = deque(maxlen=60)  # organisations to hold a role at, and those of them that are listed
    listed: deque[str] = deque(maxlen=60)
    black: deque[str] = deque(maxlen=60)  # organisations that are on black lists alone
    serial = 0
    with (
        (folder / "entities.csv").open("w", encoding="utf-8-sig", newline="") as entity_file,
        (folder / "affiliations.csv").open("w", encoding="utf-8", newline="") as affiliation_file,
        (folder / "listings.csv").open("w", encoding="utf-8", newline="") as listing_file,
    ):
        entities, affiliations = csv.writer(entity_file), csv.writer(affiliation_file)
        listings = csv.writer(listing_file)
        columns = "identifier,scheme,kind,name,org_code,registration_no,region_code,source,confidence"
        entities.writerow(columns.split(","))
        affiliations.writerow(["person", "organization", "role", "since", "until"])
        columns = "source,listing_no,entity,list_code,reason,document_no,listed_on,expires_on,removed_on,removal_reason"
        listings.writerow(columns.split(","))
        for n in range(count):
            kind = KINDS[n] if n < 4 else rng.choices(KINDS, (40, 12, 10, 38))[0]
            row = _entity(rng, n, seed, kind)
            entities.writerow(row)
            code = str(row[0])
            person = kind == "NATURAL_PERSON"
            held = rng.choice((0, 1, 1, 2, 3)) if person else rng.choice((0, 0, 1))
            marks = rng.choice((0, 0, 0, 1, 1, 2, 3)) if person else rng.choice((0, 0, 1, 1, 2, 3, 4))
            only = rng.choice(("RED", "BLACK", ""))
            around = [*recent, *listed, *listed]
            if black and rng.random() < 0.15:  # red itself, and black through others: a conflict
                held, marks, only, around = rng.randint(1, 3), rng.randint(2, 4), "RED", list(black)
            affiliations.writerows(_affiliations(rng, code, person, around, held))
            for _ in range(marks):
                color = only or rng.choice(("RED", "BLACK"))
                lists_of_it = by_color[color][:3] if rng.random() < 0.6 else by_color[color]  # some hit by many
                listings.writerow(_listing(rng, f"{rng.choice(LISTING_PREFIXES)}{serial}", code, lists_of_it))
                serial += 1
            if not person:
                recent.append(code)
                if marks:
                    listed.append(code)
                if marks > 1 and only == "BLACK":
                    black.append(code)


def _entity(rng: Random, n: int, seed: int, kind: str) -> Cells:
    name = "".join(rng.choice(NAME_PARTS) for _ in range(rng.randint(2, 4)))
    region = rng.choice(REGIONS[1:6])[0]
    source = (maybe(rng, 0.5, "登记机关"), rng.choice(CONFIDENCES))
    if kind == "NATURAL_PERSON":
        identifier = resident_id((n * 7_368_787 + seed * 1_000_003) % (6 * 19_000 * 999))
        return (identifier, "RESIDENT_ID", kind, name, "", "", region, *source)
    organization = org_code((n * 30_103_050_379 + seed * 1_000_000_007) % 31**8)
    identifier = uscc(rng.choice(PREFIXES[kind]), region, organization)
    number = maybe(rng, 0.7, registration_no(region, (n * 7_368_787 + seed) % 10**8))
    cells = (name + rng.choice(NAME_TAILS), maybe(rng, 0.7, organization), number, region)
    return (identifier, "USCC", kind, *cells, *source)


def _affiliations(rng: Random, code: str, person: bool, organizations: list[str], held: int) -> Iterator[Cells]:
    """Roles at that many organisations: several at one, and one role in two periods that may touch, or overlap."""
    for organization in dict.fromkeys(some(rng, organizations, held, held)):
        roles = some(rng, ROLES, 1, 1 if rng.random() < 0.6 else 3) if person else ["ACTUAL_CONTROLLER"]
        for role in roles:
            since = near(rng) if rng.random() < 0.5 else date(2014, 1, 1) + timedelta(rng.randrange(900))
            until = after(rng, since) if rng.random() < 0.5 else None
            yield (code, organization, role, since, until or "")
            if rng.random() < 0.25:
                again = until if until and rng.random() < 0.5 else after(rng, until or since)
                if again != since:
                    yield (code, organization, role, again, maybe(rng, 0.4, after(rng, again)))
        if not person and rng.random() < 0.2:
            yield (organization, code, "ACTUAL_CONTROLLER", near(rng), "")  # each controls the other


def _listing(rng: Random, number: str, entity: str, lists: list[str]) -> Cells:
    listed = near(rng) if rng.random() < 0.6 else date(2015, 1, 1) + timedelta(rng.randrange(700))
    expires = maybe(rng, 0.4, after(rng, listed))
    removed = maybe(rng, 0.3, after(rng, listed))
    document = f"测执{rng.choice(NUMBERS).format(listed.year, number)}"
    why = rng.choice(REMOVALS) if removed else ""
    source = maybe(rng, 0.3, "信用平台")
    return (source, number, entity, rng.choice(lists), rng.choice(REASONS), document, listed, expires, removed, why)


def _write(folder: Path, table: str, header: str, rows: Iterable[Cells], encoding: str = "utf-8") -> None:
    with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(header.split(","))
        out.writerows(rows)


def main() -> None:
    """The command line of `make_dataset`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--entities", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memoranda", type=int, default=12)
    parser.add_argument("--power-items", type=int, default=120)
    args = parser.parse_args()
    make_dataset(
        args.out, entities=args.entities, seed=args.seed, memoranda=args.memoranda, power_items=args.power_items
    )


if __name__ == "__main__":
    main()
