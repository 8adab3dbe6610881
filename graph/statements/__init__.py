"""The translator from a selection to one Cypher statement. It knows no rule and no query of this project."""
