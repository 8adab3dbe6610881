// Asks the gateway whose address is given for a subject, with types from end to end, and prints what it learned.
import { GraphQLClient } from "graphql-request";
import { CounterDocument } from "./client.js";

const [, , url] = process.argv;
if (url === undefined) throw new Error("the address of the gateway is expected");
const { subject } = await new GraphQLClient(url).request(CounterDocument, { day: "2019-06-01" });
if (!subject) throw new Error("the subject is unknown");
const contents: string[] = subject.applicableMeasures.nodes.map((node) => node.measure.content);
console.log(JSON.stringify({ name: subject.name, standing: subject.standing, contents }));
