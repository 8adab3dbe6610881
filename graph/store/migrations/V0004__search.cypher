CREATE FULLTEXT INDEX entity_search IF NOT EXISTS FOR (n:Entity) ON EACH [n.searchName] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX memorandum_search IF NOT EXISTS FOR (n:Memorandum) ON EACH [n.searchName, n.searchText, n.initials] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX measure_search IF NOT EXISTS FOR (n:Measure) ON EACH [n.searchName, n.searchText] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX agency_search IF NOT EXISTS FOR (n:Agency) ON EACH [n.searchName, n.searchText, n.initials] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX power_item_search IF NOT EXISTS FOR (n:PowerItem) ON EACH [n.searchName, n.searchText, n.initials] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX credit_list_search IF NOT EXISTS FOR (n:CreditList) ON EACH [n.searchName, n.initials] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE INDEX entity_search_name IF NOT EXISTS FOR (n:Entity) ON (n.searchName);
CREATE INDEX entity_initials IF NOT EXISTS FOR (n:Entity) ON (n.initials);
