// @neo4j/graphql on graphql-yoga over the Neo4j of the environment. It says its address on standard output.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Neo4jGraphQL } from '@neo4j/graphql'
import { createYoga } from 'graphql-yoga'
import neo4j from 'neo4j-driver'

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE, POOL_SIZE } = process.env
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
  maxConnectionPoolSize: Number(POOL_SIZE),
})
const typeDefs = readFileSync(new URL('types.graphql', import.meta.url), 'utf8')
// Deprecated fields left out: the smaller schema is the one that its authors advise.
const library = new Neo4jGraphQL({
  typeDefs,
  driver,
  features: { excludeDeprecatedFields: { implicitEqualFilters: true, attributeFilters: true, relationshipFilters: true } },
})
const schema = await library.getSchema()
const context = { sessionConfig: { database: NEO4J_DATABASE, defaultAccessMode: neo4j.session.READ } }
const yoga = createYoga({
  schema,
  context,
  parserAndValidationCache: true,
  logging: false,
  graphiql: false,
  landingPage: false,
  batching: false,
})
const server = createServer(yoga)
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`))
process.on('SIGTERM', () => process.exit(0))
