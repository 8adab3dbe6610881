CREATE INDEX memorandum_id IF NOT EXISTS FOR (n:Memorandum) ON (n.id);
CREATE INDEX measure_id IF NOT EXISTS FOR (n:Measure) ON (n.id);
CREATE INDEX agency_id IF NOT EXISTS FOR (n:Agency) ON (n.id);
CREATE INDEX power_item_id IF NOT EXISTS FOR (n:PowerItem) ON (n.id);
CREATE INDEX credit_list_id IF NOT EXISTS FOR (n:CreditList) ON (n.id);
