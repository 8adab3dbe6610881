"""Every field of every subject and affiliation of the seeds, compared with the cells of the rows that made it."""

import pytest

from tests.graph.test_catalogue import SEEDED, Row
from tests.support.client import Client


@pytest.fixture(autouse=True)
def _seeds(seeds: None) -> None:
    """The graph holds the seeds."""


ENTITY = """
  id kind name identifier orgCode registrationNo region { code } source confidence
  listings(includeInactive: true) { listingNo }
"""


def masked(identifier: str, row: Row) -> bool:
    if row["scheme"] == "USCC":
        return identifier == row["identifier"]
    return row["identifier"] not in identifier and "*" in identifier and identifier[:4] == row["identifier"][:4]


def test_every_subject(client: Client) -> None:
    """By identifier, organisation code and registration number, and in one batch, in the order of the request."""
    query = f"query ($asked: [String!]!) {{ subjects(identifiers: $asked) {{ {ENTITY} }} }}"
    columns = ("identifier", "org_code", "registration_no")
    for chosen in (*((column,) for column in columns), columns, columns[:0:-1]):
        named = [(row[column], row) for row in SEEDED.rows("entities") for column in chosen if row[column]]
        assert named
        found = client.ask(query, asked=[number for number, _ in named])["subjects"]
        for (_, row), subject in zip(named, found, strict=True):
            assert masked(subject.pop("identifier"), row)
            assert subject.pop("id")
            numbers = sorted(x["listing_no"] for x in SEEDED.rows("listings") if x["entity"] == row["identifier"])
            assert subject == {
                "kind": row["kind"], "name": row["name"], "orgCode": row["org_code"] or None,
                "registrationNo": row["registration_no"] or None, "region": {"code": row["region_code"]},
                "source": row["source"], "confidence": row["confidence"],
                "listings": [{"listingNo": number} for number in numbers],
            }  # fmt: skip


def test_every_subject_alone(client: Client) -> None:
    field = f"subject(identifier: $asked, scheme: $scheme) {{ {ENTITY} }}"
    query = f"query ($asked: String!, $scheme: IdentifierScheme) {{ {field} }}"
    schemes = {"identifier": None, "org_code": "ORG_CODE", "registration_no": "REGISTRATION_NO"}
    for row in SEEDED.rows("entities"):
        answers = [
            client.ask(query, asked=row[column], scheme=sent_scheme)["subject"]
            for column, scheme in schemes.items()
            for sent_scheme in (None, scheme or row["scheme"])
            if row[column]
        ]
        assert answers[0]["name"] == row["name"]
        assert all(answer == answers[0] for answer in answers)


def test_every_affiliation(client: Client) -> None:
    """From the holder and from the organisation, on the first day of each."""
    query = """
      query ($person: String!, $organization: String!, $day: Date!) {
        person: subject(identifier: $person) {
          name affiliations(asOf: $day) { role organization { identifier } since until source confidence }
        }
        organization: subject(identifier: $organization) {
          affiliates(asOf: $day) { role holder { name } since until source confidence }
        }
      }
    """
    for row in SEEDED.rows("affiliations"):
        answer = client.ask(query, person=row["person"], organization=row["organization"], day=row["since"])
        said = {
            "role": row["role"], "since": row["since"], "until": row["until"] or None, "source": row["source"],
            "confidence": row["confidence"],
        }  # fmt: skip
        assert {**said, "organization": {"identifier": row["organization"]}} in answer["person"]["affiliations"]
        name = answer["person"]["name"]
        assert {**said, "holder": {"name": name}} in answer["organization"]["affiliates"]
