"""The GraphQL schema: its root fields, enums, scalars and arguments; its types stand in `types`."""
