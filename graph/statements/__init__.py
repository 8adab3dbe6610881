"""The translator of a selection into one Cypher statement. It knows no rule and no question of ours."""
