"""HTTP alone: requests become GraphQL requests, and answers become responses. No schema, no Cypher."""
