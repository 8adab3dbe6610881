"""One file for each root question. They compose the rules and are printed by the translator."""
