"""HTTP alone: requests become GraphQL requests, answers become responses. No GraphQL types, no Cypher."""
