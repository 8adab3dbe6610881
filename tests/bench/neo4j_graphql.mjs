// The same facts by @neo4j/graphql on graphql-yoga: its own schema over our labels, with both caches of yoga.
// node neo4j_graphql.mjs PORT, with NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const typeDefs = `
type Entity @node {
  key: String! identifier: String! name: String! kind: String!
  listings: [Listing!]! @relationship(type: "HAS_LISTING", direction: OUT)
}
type Listing @node {
  listingNo: String! listedOn: Date! expiresOn: Date removedOn: Date
  list: [CreditList!]! @relationship(type: "ON_LIST", direction: OUT)
}
type CreditList @node {
  code: String! name: String! color: String!
  memoranda: [Memorandum!]! @relationship(type: "GOVERNS", direction: IN)
  recognizedBy: [Agency!]! @relationship(type: "RECOGNIZED_BY", direction: OUT)
}
type Memorandum @node {
  code: String! title: String! docNumber: String! effectiveFrom: Date! effectiveTo: Date
  measures: [Measure!]! @relationship(type: "PRESCRIBES", direction: OUT)
  lists: [CreditList!]! @relationship(type: "GOVERNS", direction: OUT)
}
type Measure @node {
  code: String! content: String! nature: String! targets: [String!] legalBases: [String!]
  agencies: [Agency!]! @relationship(type: "IMPLEMENTED_BY", direction: OUT)
  powerItems: [PowerItem!]! @relationship(type: "NAMES", direction: OUT)
}
type PowerItem @node {
  code: String! name: String! scene: String!
  agency: [Agency!]! @relationship(type: "EXERCISED_BY", direction: OUT)
}
type Agency @node {
  code: String! name: String!
  memoranda: [Memorandum!]! @relationship(type: "SIGNED_BY", direction: IN)
  measures: [Measure!]! @relationship(type: "IMPLEMENTED_BY", direction: IN)
  powerItems: [PowerItem!]! @relationship(type: "EXERCISED_BY", direction: IN)
}`;

const { NEO4J_URI, NEO4J_USER = "neo4j", NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), { maxConnectionPoolSize: 50 });
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const yoga = createYoga({
  schema, logging: false, graphiql: false, maskedErrors: false, landingPage: false, cors: false,
  context: { sessionConfig: { database: "neo4j" } },
});
createServer(yoga).listen(Number(process.argv[2]), "127.0.0.1");
