"""Search over the seeds: what comes first and why, widths and brackets, marks, pages; and what is never found."""

import logging
from typing import Any

import neo4j
import pytest

from graph.errors import GraphNotReady
from graph.identity.key import IdentityKey
from graph.search.stored_text import SEARCHED
from loaders.search_renewal import check_search_text, renew_search_text
from tests.conftest import SEEDS, Graph
from tests.loaders.test_loader import fingerprint
from tests.oracle.test_search import hits_of
from tests.support.client import ID_KEY, Client, pages, translate
from tests.support.plans import problems_of
from tests.support.rows import Rows

SEARCH = """
query ($text: String!, $types: [String!], $first: Int = 20, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { score matched field snippet node { __typename
      ... on Entity { identifier kind } ... on Memorandum { code } ... on Measure { code } ... on Agency { code }
      ... on PowerItem { code } ... on CreditList { code }
    } }
  }
}"""
# Text; type and key of what comes first; how it fits, and what of it.
FIRST = [
    ("深圳市", "Agency", "city-sz", "EXACT", "SHORT_NAME"),
    ("szs", "Agency", "city-sz", "PREFIX", "INITIALS"),
    ("ＳＺＳ", "Agency", "city-sz", "PREFIX", "INITIALS"),
    ("zgrmyh", "Agency", "cn-pbc", "PREFIX", "INITIALS"),
    ("sljmy", "Entity", "91440000XXXX00019F", "PREFIX", "INITIALS"),
    ("sxbzxr", "CreditList", "list-sxbzxr", "PREFIX", "INITIALS"),
    ("发改财金〔2014〕3062号", "Memorandum", "tax-2014", "EXACT", "DOCUMENT_NUMBER"),
    ("发改财金[2014]3062号", "Memorandum", "tax-2014", "EXACT", "DOCUMENT_NUMBER"),
    ("发改财金（２０１４） 3062号", "Memorandum", "tax-2014", "EXACT", "DOCUMENT_NUMBER"),
    ("【2014】3062号", "Memorandum", "tax-2014", "PHRASE", "DOCUMENT_NUMBER"),
    ("发改财金", "Memorandum", "agri-2017", "PREFIX", "DOCUMENT_NUMBER"),
    ("(2018)示例1号", "Entity", "91440000XXXX00019F", "EXACT", "DOCUMENT_NUMBER"),
    ("gd-ndrc", "Agency", "gd-ndrc", "EXACT", "CODE"),
    ("ＧＤ－ＮＤＲＣ", "Agency", "gd-ndrc", "EXACT", "CODE"),
    ("pi-gd-ga", "PowerItem", "pi-gd-ga-01", "PREFIX", "CODE"),
    ("91440000XXXX00019F", "Entity", "91440000XXXX00019F", "EXACT", "IDENTIFIER"),
    ("91440000xxxx-00019f", "Entity", "91440000XXXX00019F", "EXACT", "IDENTIFIER"),
    ("9144", "Entity", "91440000XXXX00019F", "PREFIX", "IDENTIFIER"),
    ("XXXX00019", "Entity", "91440000XXXX00019F", "EXACT", "IDENTIFIER"),
    ("440000999900019", "Entity", "91440000XXXX00019F", "EXACT", "IDENTIFIER"),
    ("示例甲贸易有限公司(虚构)", "Entity", "91440000XXXX00019F", "EXACT", "NAME"),
    ("示例甲", "Entity", "91440000XXXX00019F", "PREFIX", "NAME"),
    ("进出口有限公司", "Entity", "91440000XXXX00051T", "PHRASE", "NAME"),
    ("税务局", "Agency", "gd-sw2", "PHRASE", "SHORT_NAME"),
    ("食品 许可", "PowerItem", "pi-gd-syj-01", "PARTIAL", "NAME"),
    ("公", "Agency", "cn-mps", "PREFIX", "NAME"),
    ("税收", "Memorandum", "tax-2014", "PHRASE", "SUBSTANCE"),
    ("失信被执行人", "CreditList", "list-sxbzxr", "PREFIX", "NAME"),
    ("企业债券管理条例", "Measure", "sx-2016-01", "PHRASE", "LEGAL_BASIS"),
    ("构建诚信 惩戒失信", "Memorandum", "chengxin-2014", "PREFIX", "NAME"),
]  # fmt: skip


def search(client: Client, text: str, **arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.ask(SEARCH, text=text, **arguments)["search"]
    return found


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(("text", "kind", "key", "matched", "field"), FIRST, ids=[row[0] for row in FIRST])
def test_what_comes_first(client: Client, text: str, kind: str, key: str, matched: str, field: str) -> None:
    hit = hits_of(search(client, text))[0]
    assert (hit.type, hit.key, hit.matched, hit.field) == (kind, key, matched, field)
    assert hit.score // 100 == ("PARTIAL", "PHRASE", "PREFIX", "EXACT").index(matched) + 1


@pytest.mark.usefixtures("seeds")
def test_types(client: Client) -> None:
    everything = hits_of(search(client, "示例", first=100))
    assert len({hit.type for hit in everything}) == 5
    for kind in SEARCHED:
        assert hits_of(search(client, "示例", first=100, types=[kind])) == [
            hit for hit in everything if hit.type == kind
        ]
    assert search(client, "示例", types=[])["totalCount"] == 0
    assert search(client, "91440000XXXX00019F", types=["Agency"])["totalCount"] == 0


@pytest.mark.usefixtures("seeds")
def test_pages_add_up(client: Client) -> None:
    whole = search(client, "信", first=1000)
    assert whole["totalCount"] == len(whole["nodes"]) > 100
    assert search(client, "信", first=1000) == whole
    nodes: list[Any] = []
    after = None
    for page in pages(lambda cursor: search(client, "信", first=17, after=cursor)):
        assert page["totalCount"] == whole["totalCount"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
    assert nodes == whole["nodes"]
    backwards = 'query ($before: String) { search(text: "信", last: 5, before: $before) { nodes { score snippet } } }'
    before = client.ask(backwards, before=after)["search"]["nodes"]
    assert before == [{name: node[name] for name in ("score", "snippet")} for node in nodes[-6:-1]]
    scores = [(-node["score"], SEARCHED.index(node["node"]["__typename"])) for node in nodes]
    assert scores == sorted(scores)


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(
    "cursor", ["x", "", "8000", "8000.x", "abcd.AAAA", "9990.AAAA", "8009.AAAA", "８000.AAAA", "8000.AAAA'}) //"]
)
def test_cursors_of_others_are_refused(client: Client, cursor: str) -> None:
    errors = client.answer(SEARCH, text="信", after=cursor)["errors"]
    assert errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "no cursor of this connection" in errors[0]["message"]


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"text": ""}, "text: it is blank"),
        ({"text": " \u3000\n"}, "text: it is blank"),
        ({"text": "信" * 201}, "text: it has 201 characters: search for at most 200"),
        (
            {"text": "信", "types": ["Entity", "Region"]},
            "types: 'Region' is not searched: choose from Entity, Memorandum",
        ),
    ],
)
def test_what_cannot_be_searched(client: Client, arguments: dict[str, Any], told: str) -> None:
    errors = client.answer(SEARCH, **arguments)["errors"]
    assert told in errors[0]["message"]
    assert errors[0]["extensions"]["code"] == "BAD_USER_INPUT"


HOSTILE = [
    *('"', "\\", "*", "~", "?", "AND", "OR NOT", "a AND", "NOT *:*", "*:*", "searchName:*", "/.*/", "[* TO *]", "(("),
    *("(虚构", "'}) DETACH DELETE n //", "<script>", "$p0", "\u0000", "、。！", "_", "-", "&&", "𠮷", "\u202e信", "é"),
    *("信" * 200, "信 " * 100, "a " * 100, "ﷺ" * 200),
]


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(client: Client, text: str) -> None:
    found = search(client, text, first=1000)
    assert found["totalCount"] == len(found["nodes"])
    assert found["totalCount"] < 60 or "信" in text
    assert translate(SEARCH, text=text).text in [translate(SEARCH, text=known).text for known in ("信", "*")]


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize("text", ["信", "szs", "食品 许可", "*", "440000999900019", "440000190001010019", "〔2018〕"])
def test_plans(graph: Graph, text: str) -> None:
    problems = problems_of(translate(SEARCH, text=text), graph.driver, graph.target.database)
    assert problems == [] or (problems == ["no index seek"] and text in ("*", "440000190001010019"))


def test_the_statement_depends_on_the_kind_of_text_alone() -> None:
    texts = ["信", "szs", "食品 许可", "发改财金〔2014〕3062号", "x" * 200]
    assert len({translate(SEARCH, text=text).text for text in texts}) == 1


@pytest.mark.usefixtures("seeds")
def test_natural_persons_are_never_found(client: Client, graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    number = "440000190001010019"
    hashed = IdentityKey(ID_KEY).hash(number)
    texts = [
        *(
            "示例人甲（虚构）",
            "示例人",
            "人甲",
            "示例 人",
            "slrj",
            "slr",
            "shilirenjia",
            "4400************19",
            "4400",
            "4400001900010100",
        ),
        *(hashed, hashed[:12], hashed[:4], number, "４４００００１９０００１０１００１９", f"示例人甲 {number}"),
        f"{number[:6]} {number[6:14]} {number[14:]}",
    ]
    for text in texts:
        body = client.http.post("/graphql", json={"query": SEARCH, "variables": {"text": text, "first": 1000}})
        assert number not in body.text
        for hit in body.json()["data"]["search"]["nodes"]:
            assert hit["node"].get("kind") != "NATURAL_PERSON"
            assert "示例人" not in hit["snippet"].replace("<mark>", "").replace("</mark>", "")
    assert number not in caplog.text
    assert number not in str(translate(SEARCH, text=number).parameters)
    searched = "count(n.searchName) + count(n.initials) + count(n.pinyin)"
    stored = f"MATCH (n:Entity {{kind: 'NATURAL_PERSON'}}) RETURN count(n), {searched}"
    assert graph.driver.execute_query(stored, database_=graph.target.database).records[0].values() == [7, 0]
    indexed = "SHOW INDEXES YIELD labelsOrTypes, properties WHERE 'Entity' IN labelsOrTypes RETURN collect(properties)"
    properties = graph.driver.execute_query(indexed, database_=graph.target.database).records[0][0]
    assert not {"name", "identifier"} & {prop for props in properties for prop in props}


@pytest.fixture
def named(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Organisations with names that need care, by name."""
    care = ["Ａ＆Ｂ<i>（深圳）有限公司", "㈱東京商会", 'O\'Neil "x" Ltd', "甲" * 60 + "目标" + "乙" * 200]
    care += ["㍿東京公司", "“示例”。"]
    rows = Rows()
    found = {name: rows.organization(name) for name in [*care, "重庆银行", "长沙银行（重庆）分行"]}
    graph.hold(rows.write(tmp_path_factory.mktemp("named")))
    return found


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("a&b", "<mark>Ａ＆Ｂ</mark>&lt;i&gt;（深圳）有限公司"),
        ("(深圳)", "Ａ＆Ｂ&lt;i&gt;（<mark>深圳</mark>）有限公司"),
        ("<i>", "Ａ＆Ｂ&lt;<mark>i</mark>&gt;（深圳）有限公司"),
        ("i深圳有限", "Ａ＆Ｂ&lt;<mark>i&gt;（深圳）有限</mark>公司"),
        ("京東", None),
        ("东京", "㈱<mark>東京</mark>商会"),
        ("東京", "㈱<mark>東京</mark>商会"),
        ("㍿東京", "<mark>株式会社东京</mark>公司"),
        ("深圳有限公司", "Ａ＆Ｂ&lt;i&gt;（<mark>深圳）有限公司</mark>"),
        ("目标", "…" + "甲" * 40 + "<mark>目标</mark>" + "乙" * 80 + "…"),
        ("cqyh", "<mark>重庆银行</mark>"),
        ("csyhcq", "<mark>长沙银行（重庆）分行</mark>"),
        ("chongqingyinhang", "<mark>重庆银行</mark>"),
        ("ChangSha YinH", "<mark>长沙银行</mark>（重庆）分行"),
        ("chang sha yin hang chong qing", "<mark>长沙银行（重庆）分行</mark>"),
        ("长沙银行重庆分行", "<mark>长沙银行（重庆）分行</mark>"),
        ("長沙銀行", "<mark>长沙银行</mark>（重庆）分行"),
        ("「示例。」", "<mark>“示例”。</mark>"),
        ("o'neil", "<mark>O'Neil</mark> &quot;x&quot; Ltd"),
        ("ltd", "O'Neil &quot;x&quot; <mark>Ltd</mark>"),
    ],
)
def test_snippets(client: Client, named: dict[str, str], text: str, snippet: str | None) -> None:
    hits = search(client, text)["nodes"]
    assert [hit["snippet"] for hit in hits[:1]] == ([] if snippet is None else [snippet])


EARLIER = (
    "MATCH (n:Entity) REMOVE n.pinyin",
    "MATCH (n:Entity) WHERE n.searchName IS NOT NULL SET n.searchName = replace(replace(n.name, '（', '('), '）', ')')",
    "MATCH (n:Measure) SET n.searchText = n.category + '\n' + reduce(t = '', base IN n.legalBases | t + base + '\n')",
    "MATCH (n:Listing) SET n.documentNoKey = replace(replace(n.documentNo, '（', '('), '）', ')')",
    "MATCH (n:Agency) SET n.initials = split(n.initials, ' ')[0]",
    "MATCH (m:Meta {name: 'searchText'}) DELETE m",
)


@pytest.mark.parametrize("by", ["load", "renewal"])
def test_a_graph_of_an_earlier_version_is_searched_once_it_is_renewed(by: str, client: Client, graph: Graph) -> None:
    folders = (SEEDS / "catalogue", SEEDS / "demo")
    graph.hold(*folders)
    sound = fingerprint(graph.driver, graph.target.database)
    graph.forget()
    with graph.driver.session(database=graph.target.database) as session:
        for statement in EARLIER:
            session.run(neo4j.Query(statement)).consume()
    with pytest.raises(GraphNotReady, match="run `jointcredit migrate`"):
        check_search_text(graph.driver, graph.target.database)
    texts = ("示例甲贸易有限公司虚构", "政府采购法第二十二条", "2018示例1号", "shilijia", "jinchukou")
    assert [search(client, text, types=["Entity", "Measure"])["totalCount"] for text in texts] == [0] * 5
    assert search(client, "91440000XXXX00019F")["totalCount"] == 1
    if by == "load":
        assert graph.load(folders[1]).files["entities.csv"].updated == 11
        graph.load(folders[0])
    else:
        assert renew_search_text(graph.driver, graph.target.database) > 11
    assert renew_search_text(graph.driver, graph.target.database) == 0
    check_search_text(graph.driver, graph.target.database)
    assert fingerprint(graph.driver, graph.target.database) == sound
    assert all(search(client, text)["totalCount"] for text in texts)
