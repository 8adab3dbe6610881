"""GraphQL over HTTP as its specification says, and as schemathesis tries it."""
