"""Generates the catalogue of a dataset: all tables except those of the subjects."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.support.chance import (
    AS_OF,
    CONFIDENCES,
    KINDS,
    NUMBERS,
    PUNISHING,
    REGIONS,
    ROLES,
    SCENES,
    after,
    maybe,
    near,
    some,
    write,
)

COLORS = {"REWARD": ("RED",), "PUNISHMENT": ("BLACK",), "BOTH": ("RED", "BLACK")}
CATEGORIES = ("限制市场准入", "限制任职", "限制融资授信", "加强日常监管", "绿色通道", "容缺受理")
TYPES = ("行政许可", "行政确认", "行政检查", "行政给付", "公共服务")
IDLE = "M7"  # a memorandum that governs no list


def catalogue(folder: Path, rng: Random, memorandum_count: int, item_count: int) -> list[tuple[str, str]]:
    """Write the eight files without subjects; returns code and colour of the credit lists."""
    regions = {level: [r[0] for r in REGIONS if r[3] == level] for level in ("NATIONAL", "PROVINCE", "CITY", "COUNTY")}
    write(folder, "regions", "code,name,parent_code,level", REGIONS)

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
        if n in (6, 12, 18):  # in every dataset: duties pass to another agency the day before, on, and the day after
            successor, valid_to = f"A{n - 3}", AS_OF[2] + timedelta(n // 6 - 2)
        elif n == 24:  # without a successor
            successor, valid_to = "", AS_OF[2]
        names = (f"{level[:1]}第{n}局", maybe(rng, 0.7, f"{n}局"))
        agencies.append((code, *names, level, placed[code], parent, valid_to, successor))
        above[level].append(code)
    divisions = {code: [f"{code}-D{k}" for k in range(rng.randrange(4))] for code in placed}
    write(
        folder,
        "agencies",
        "code,name,short_name,level,region_code,parent_code,valid_to,successor_code",
        rng.sample(agencies, len(agencies)),
        encoding="utf-8-sig",
    )
    rows = [(d, f"第{d[-1]}处", a) for a in divisions for d in divisions[a]]
    write(folder, "divisions", "code,name,agency_code", rows)
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
        if n == 1:  # in every dataset: a superseder that has not begun, one in force, and one that has ended
            superseded, start, issued, end = "", date(2014, 7, 1), date(2014, 7, 1), ""
        elif n == 5:
            superseded, start, issued, end = "M1", AS_OF[1], AS_OF[1], AS_OF[3]
        elif n == 3:  # and two superseders, of which the first by code is the last by date
            superseded, start, issued, end = "", date(2015, 3, 1), date(2015, 3, 1), ""
        elif n in (7, 11):
            superseded, start, end = "M3", AS_OF[3 if n == 7 else 4], ""
            issued = start
        row = (code, title, doc, kinds[code], f"第{n % 7}领域", issued, start, end, superseded, signatories)
        memoranda.append((*row, maybe(rng, 0.5, "公报"), rng.choice(CONFIDENCES)))
    write(
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
    write(folder, "credit_lists", header, rng.sample(lists, len(lists)))
    _measures(folder, rng, kinds, items, list(placed), divisions)
    return colors


def _power_items(
    folder: Path, rng: Random, count: int, placed: dict[str, str], divisions: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Write the items; returns the children of each. Numbers 0 to 4 are a chain of four hops, the longest one."""
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
    write(folder, "power_items", header, rng.sample(rows, len(rows)))
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
        natures += [rng.choice(("REWARD", *PUNISHING)) for _ in range(rng.randint(2, 5))]  # for its lists or not
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
            for item in touched:  # the last one is mostly not an item of the measure, and must be ignored
                for step in some(rng, ("受理", "审查", "决定"), 0, 2):
                    mode, status = rng.choice(("API", "PAGE_EMBED", "MANUAL_QUERY")), rng.choice(("PLANNED", "LIVE"))
                    embeddings[item, code, step] = (item, code, step, mode, status, near(rng))
    columns = "source,code,memorandum_code,number,category,nature,content,targets,agencies,divisions,power_items"
    write(folder, "measures", f"{columns},legal_bases,confidence", rng.sample(measures, len(measures)))
    write(folder, "embeddings", "power_item_code,measure_code,step,mode,status,since", embeddings.values())
