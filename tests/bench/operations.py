"""What is asked: of the gateway, and, as nearly equal as it can be said there, of @neo4j/graphql.

The other answers less: it knows no rule, so it applies neither targets of affiliations, nor colours, nor superseding,
and merges nothing: measures stand under each memorandum of each listing, the first 20 of each.
"""

from dataclasses import dataclass

DAY = "2018-10-01"
_LISTED = """listings(where: {listedOn: {lte: $d}, AND: [
  {OR: [{expiresOn: {eq: null}}, {expiresOn: {gt: $d}}]}, {OR: [{removedOn: {eq: null}}, {removedOn: {gt: $d}}]}]})"""
_IN_FORCE = "memoranda(where: {effectiveFrom: {lte: $d}, OR: [{effectiveTo: {eq: null}}, {effectiveTo: {gt: $d}}]})"


@dataclass(frozen=True)
class Operation:
    """One question, with the variables `i` (a subject, or 50, or an agency) and `d` (a day)."""

    name: str
    ours: str
    theirs: str
    batch: int = 1
    of_agencies: bool = False


OPERATIONS = (
    Operation(
        "subject page",
        """query ($i: String!, $d: Date) { subject(identifier: $i) { name identifier standing(asOf: $d)
  applicableMeasures(asOf: $d, first: 20) {
    nodes {
      measure { code content nature legalBases agencies { name } }
      grounds { via listing { listingNo listedOn } list { name } memorandum { title docNumber } }
    }
    pageInfo { hasNextPage endCursor } } } }""",
        f"""query ($i: String!, $d: Date!) {{ entities(where: {{key: {{eq: $i}}}}) {{ name identifier
  {_LISTED} {{ listingNo listedOn list {{ name color {_IN_FORCE} {{ title docNumber
    measures(where: {{targets: {{includes: "LEGAL_PERSON"}}}}, sort: [{{code: ASC}}], limit: 20) {{
      code content nature legalBases agencies {{ name }} }} }} }} }} }} }}""",
    ),
    Operation(
        "departments",
        """query ($i: String!, $d: Date) { subject(identifier: $i) {
  applicableAgencies(asOf: $d) { agency { code name } measureCount measures { code content } } } }""",
        f"""query ($i: String!, $d: Date!) {{ entities(where: {{key: {{eq: $i}}}}) {{
  {_LISTED} {{ list {{ {_IN_FORCE} {{ measures(where: {{targets: {{includes: "LEGAL_PERSON"}}}}) {{
    code content agencies {{ code name }} }} }} }} }} }} }}""",
    ),
    Operation(
        "paths",
        """query ($i: String!, $d: Date) { measurePaths(subject: $i, asOf: $d, first: 50) {
  nodes { steps { relationship node { __typename id
    ... on Measure { content } ... on Agency { name } ... on PowerItem { name } } } }
  pageInfo { endCursor } } }""",
        f"""query ($i: String!, $d: Date!) {{ entities(where: {{key: {{eq: $i}}}}) {{ __typename key
  {_LISTED} {{ __typename listingNo list {{ __typename code {_IN_FORCE} {{ __typename code
    measures(where: {{targets: {{includes: "LEGAL_PERSON"}}}}, sort: [{{code: ASC}}], limit: 20) {{
      __typename code content
      powerItems {{ __typename code name agency {{ __typename code name }} }} }} }} }} }} }} }}""",
    ),
    Operation(
        "agency overview",
        """query ($i: String!, $d: Date) { agencyOverview(code: $i, asOf: $d) { agency { code name }
  memoranda { code title } measuresByNature { nature count } itemsByScene { scene count } lists { code name } } }""",
        f"""query ($i: String!, $d: Date!) {{ agencies(where: {{code: {{eq: $i}}}}) {{ code name
  {_IN_FORCE} {{ code title }} measures {{ nature }} powerItems {{ scene }} }} }}""",
        of_agencies=True,
    ),
    Operation(
        "50 subjects",
        "query ($i: [String!]!, $d: Date) { subjects(identifiers: $i) { name identifier standing(asOf: $d) } }",
        f"""query ($i: [String!]!, $d: Date!) {{ entities(where: {{key: {{in: $i}}}}) {{ name identifier
  {_LISTED} {{ list {{ color }} }} }} }}""",
        batch=50,
    ),
    Operation(
        "point look-up",
        "query ($i: String!, $d: Date) { subject(identifier: $i) { name standing(asOf: $d) } }",
        f"""query ($i: String!, $d: Date!) {{ entities(where: {{key: {{eq: $i}}}}) {{ name
  {_LISTED} {{ list {{ color }} }} }} }}""",
    ),
)
