// search
// {"p0": {"text": "发改财金20143062号", "code": "发改财金〔2014〕3062号", "codes": ["发改财金〔2014〕3062号"], "number":
    "发改财金〔2014〕3062号", "document": "发改财金20143062号", "documents": ["发改财金20143062号"], "letters": null, "spellings": [],
    "words": ["20143062", "发改财金", "号"], "lucene": "*20143062* AND \"发改财金\" AND *号*"}, "p1": 10, "p2": 11, "p3": 500,
    "p4": [" ", "　", " ", "\t", "\n", "\r", "(", ")", "（", "）", "[", "]", "［", "］", "{", "}", "｛", "｝", "<", ">", "＜",
    "＞", "〔", "〕", "【", "】", "〖", "〗", "「", "」", "『", "』", "《", "》", "〈", "〉", "“", "”", "‘", "’", "«", "»", "\"", "＂",
    "'", "＇", "`"]}
CALL () {
  CALL () {
    CALL db.index.fulltext.queryNodes('entity_search', $p0.lucene, {limit: $p3}) YIELD node WHERE node:Entity AND
        node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing
    UNION
    CALL db.index.fulltext.queryNodes('memorandum_search', $p0.lucene, {limit: $p3}) YIELD node WHERE node:Memorandum
    RETURN node, null AS listing
    UNION
    UNWIND $p0.codes AS begun
    CALL (begun) {
    MATCH (node:Memorandum) WHERE node.code STARTS WITH begun
    RETURN node ORDER BY node.code LIMIT $p3
    }
    RETURN node, null AS listing
    UNION
    MATCH (node:Entity) WHERE node.key STARTS WITH $p0.number AND node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing ORDER BY node.key LIMIT $p3
    UNION
    MATCH (node:Entity) WHERE node.orgCode STARTS WITH $p0.number AND node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing ORDER BY node.orgCode LIMIT $p3
    UNION
    MATCH (node:Entity) WHERE node.registrationNo STARTS WITH $p0.number AND node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing ORDER BY node.registrationNo LIMIT $p3
    UNION
    MATCH (node:Entity) WHERE node.searchName STARTS WITH $p0.text AND node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing ORDER BY node.searchName LIMIT $p3
    UNION
    MATCH (node:Entity) WHERE node.initials STARTS WITH $p0.letters AND node.kind <> 'NATURAL_PERSON'
    RETURN node, null AS listing ORDER BY node.initials LIMIT $p3
    UNION
    UNWIND $p0.spellings AS begun
    CALL (begun) {
    MATCH (node:Entity) WHERE node.pinyin STARTS WITH begun AND node.kind <> 'NATURAL_PERSON'
    RETURN node ORDER BY node.pinyin LIMIT $p3
    }
    RETURN node, null AS listing
    UNION
    UNWIND $p0.documents AS begun
    CALL (begun) {
    MATCH (listing:Listing) WHERE listing.documentNoKey STARTS WITH begun
    MATCH (node:Entity)-[:HAS_LISTING]->(listing) WHERE node.kind <> 'NATURAL_PERSON'
    RETURN node, listing ORDER BY listing.documentNoKey LIMIT $p3
    }
    RETURN node, listing
  }
  WITH node, collect(listing) AS listings
  WITH node, listings, all(word IN $p0.words WHERE coalesce(node.searchName CONTAINS word, false) OR
      coalesce(node.searchText CONTAINS word, false)) AS whole
  CALL (node, listings, whole) {
    UNWIND CASE WHEN node:Entity THEN [{rank: 0, worstMatch: 3, bestMatch: 4, field: 'IDENTIFIER', shown:
        node.identifier, text: node.identifier, sought: $p0.number, words: []}, {rank: 1, worstMatch: 3, bestMatch: 4,
        field: 'IDENTIFIER', shown: node.orgCode, text: node.orgCode, sought: $p0.number, words: []}, {rank: 2,
        worstMatch: 3, bestMatch: 4, field: 'IDENTIFIER', shown: node.registrationNo, text: node.registrationNo, sought:
        $p0.number, words: []}, {rank: 3, worstMatch: 1, bestMatch: 4, field: 'NAME', shown: node.name, text:
        node.searchName, sought: $p0.text, words: $p0.words}, {rank: 4, worstMatch: 3, bestMatch: 3, field: 'INITIALS',
        shown: node.name, text: split(node.initials, ' ')[0], sought: $p0.letters, words: []}] + [spelled IN
        $p0.spellings | {rank: 6, worstMatch: 3, bestMatch: 3, field: 'INITIALS', shown: node.name, text: node.pinyin,
        sought: spelled, words: []}] + [listing IN listings | {rank: 5, worstMatch: 3, bestMatch: 4, field:
        'DOCUMENT_NUMBER', shown: listing.documentNo, text: toLower(listing.documentNoKey), sought:
        toLower($p0.document), words: []}] WHEN node:Memorandum THEN [{rank: 0, worstMatch: 3, bestMatch: 4, field:
        'CODE', shown: node.code, text: toLower(node.code), sought: toLower($p0.code), words: []}, {rank: 1, worstMatch:
        1, bestMatch: 4, field: 'NAME', shown: node.title, text: node.searchName, sought: $p0.text, words: $p0.words},
        {rank: 2, worstMatch: 1, bestMatch: 4, field: 'DOCUMENT_NUMBER', shown: node.docNumber, text:
        split(node.searchText, '\n')[0], sought: toLower($p0.document), words: $p0.words}, {rank: 3, worstMatch: 1,
        bestMatch: 2, field: 'SUBSTANCE', shown: node.field, text: split(node.searchText, '\n')[1], sought: $p0.text,
        words: $p0.words}, {rank: 4, worstMatch: 1, bestMatch: 3, field: 'INITIALS', shown: node.title, text:
        split(node.initials, ' ')[0], sought: $p0.letters, words: []}] + [spelled IN $p0.spellings | {rank: 6,
        worstMatch: 1, bestMatch: 3, field: 'INITIALS', shown: node.title, text: split(node.initials, ' ')[1], sought:
        spelled, words: []}] END AS candidate
    WITH candidate, [word IN candidate.words WHERE candidate.text CONTAINS word] AS words, CASE
      WHEN candidate.text = candidate.sought AND candidate.bestMatch >= 4 THEN 4
      WHEN candidate.text STARTS WITH candidate.sought AND candidate.bestMatch >= 3 THEN 3
      WHEN candidate.text CONTAINS candidate.sought AND candidate.worstMatch <= 2 THEN 2
      WHEN whole AND any(word IN candidate.words WHERE candidate.text CONTAINS word) THEN 1 END AS band
    WHERE band IS NOT NULL
    WITH candidate, band, CASE band WHEN 1 THEN words ELSE [candidate.sought] END AS marks
    WITH candidate, band, marks, CASE band WHEN 4 THEN 0
      ELSE 100 * reduce(sum = 0, mark IN marks | sum + size(mark)) / size(candidate.text) END AS share
    WITH candidate, band, marks, 100 * band + CASE WHEN share > 99 THEN 99 ELSE share END AS score
    ORDER BY band DESC, size(marks) DESC, score DESC, candidate.rank, candidate.text LIMIT 1
    RETURN {score: score, matched: ['PARTIAL', 'PHRASE', 'PREFIX', 'EXACT'][band - 1], field: candidate.field, shown:
        candidate.shown, text: candidate.text, mark: marks[0]} AS hit
  }
  WITH node, hit, toString(1000 - hit.score) + CASE WHEN node:Entity THEN '0' WHEN node:Memorandum THEN '1' WHEN
      node:Measure THEN '2' WHEN node:Agency THEN '3' WHEN node:PowerItem THEN '4' WHEN node:CreditList THEN '5' END AS
      place
  WITH {place: place, node: node, hit: hit} AS row ORDER BY place, node.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p2] AS page
  WITH total, page[..$p1] AS page, size(page) > $p1 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.place AS place_1, row.node AS node_1, row.hit AS hit_1
    CALL (hit_1) {
      WITH hit_1 AS hit, split(hit_1.text, hit_1.mark)[0] AS before, CASE
        WHEN hit_1.field = 'INITIALS' THEN 'read'
        WHEN size(hit_1.shown) = size(hit_1.text) THEN 'same' ELSE 'folded' END AS way
      WITH *, CASE WHEN way = 'folded' THEN size(replace(before, ' ', '')) WHEN way = 'read' AND hit.mark <>
          toLower(hit.mark) THEN size([letter IN split(before, '') WHERE letter <> '' AND NOT 'a' <= letter <= 'z'])
          ELSE size(before) END AS start, CASE WHEN way = 'folded' THEN size(replace(hit.mark, ' ', '')) WHEN way =
          'read' AND hit.mark <> toLower(hit.mark) THEN size([letter IN split(hit.mark, '') WHERE letter <> '' AND NOT
          'a' <= letter <= 'z']) ELSE size(hit.mark) END AS length,
      CASE way WHEN 'folded' THEN split(hit.shown, $p4) ELSE [] END AS pieces
      WITH *, hit.mark = hit.text AS whole, size(replace(hit.text, ' ', '')) AS needed,
      reduce(kept = '', piece IN pieces | kept + piece) AS kept,
      reduce(ends = [], piece IN pieces | ends + [coalesce(ends[-1], 0) + size(piece)]) AS ends
      WITH *, CASE way WHEN 'same' THEN true
        WHEN 'read' THEN left(hit.shown, start + length) =~ '[\\p{L}\\p{N}]*'
        ELSE CASE WHEN size(kept) < needed THEN false WHEN size(kept) = needed THEN true ELSE right(kept, size(kept) -
            needed) =~ '[.,;:!?。、｡､·…，．；：！？]*' END END AS aligned
      WITH CASE WHEN aligned OR way = 'read' THEN hit.shown ELSE hit.text END AS shown,
      CASE WHEN whole OR way = 'read' AND NOT aligned THEN 0
        WHEN aligned THEN start + size([end IN ends WHERE end <= start]) ELSE size(before) END AS start,
      CASE WHEN way = 'read' AND NOT aligned OR whole AND aligned THEN size(hit.shown)
        WHEN aligned THEN start + length - 1 + size([end IN ends WHERE end <= start + length - 1]) + 1
        ELSE size(before) + size(hit.mark) END AS end
      WITH *, CASE WHEN start > 40 THEN start - 40 ELSE 0 END AS begin
      RETURN CASE WHEN begin > 0 THEN '…' ELSE '' END + replace(replace(replace(replace(substring(shown, begin, start -
          begin), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;') + '<mark>' +
          replace(replace(replace(replace(substring(shown, start, end - start), '&', '&amp;'), '<', '&lt;'), '>',
          '&gt;'), '"', '&quot;') + '</mark>' + replace(replace(replace(replace(substring(shown, end, 80), '&',
          '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;') + CASE WHEN size(shown) > end + 80 THEN '…' ELSE '' END
          AS one_1
    }
    CALL (node_1) {
      WITH node_1 AS entity_1 WHERE entity_1:Entity
      RETURN collect({`name`: entity_1.name, `__typename`: 'Entity'})[0] AS found_1
    }
    CALL (node_1) {
      WITH node_1 AS memorandum_1 WHERE memorandum_1:Memorandum
      RETURN collect({`title`: memorandum_1.title, `__typename`: 'Memorandum'})[0] AS found_2
    }
    CALL (node_1) {
      WITH node_1 AS measure_1 WHERE measure_1:Measure
      RETURN collect({`__typename`: 'Measure'})[0] AS found_3
    }
    CALL (node_1) {
      WITH node_1 AS agency_1 WHERE agency_1:Agency
      RETURN collect({`__typename`: 'Agency'})[0] AS found_4
    }
    CALL (node_1) {
      WITH node_1 AS powerItem_1 WHERE powerItem_1:PowerItem
      RETURN collect({`__typename`: 'PowerItem'})[0] AS found_5
    }
    CALL (node_1) {
      WITH node_1 AS creditList_1 WHERE creditList_1:CreditList
      RETURN collect({`__typename`: 'CreditList'})[0] AS found_6
    }
    RETURN collect({`cursor`: place_1 + '.' + node_1.id, `node`: {`score`: hit_1.score / 100.0, `matched`:
        hit_1.matched, `field`: hit_1.field, `snippet`: one_1, `node`: coalesce(found_1, found_2, found_3, found_4,
        found_5, found_6)}}) AS edges_1
  }
  RETURN {`totalCount`: total, `edges`: edges_1} AS connection_1
}
RETURN {`search`: connection_1} AS data, [] AS known
