// node ask.mjs FILE: asks as the JSON in the file says ({url, connections, duration, bodies}) and prints what came.
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

const { url, connections, duration, bodies } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const result = await autocannon({
  url, connections, duration, timeout: 10,
  headers: { "content-type": "application/json", accept: "application/json" },
  requests: bodies.map((body) => ({ method: "POST", body })),
  verifyBody: (body) => !body.slice(0, 40).toString().includes('"errors"'),
});
console.log(JSON.stringify({
  rps: result.requests.average, count: result.requests.total, p50: result.latency.p50, p99: result.latency.p99,
  bytes: result.throughput.total / Math.max(1, result.requests.total),
  errors: result.errors + result.timeouts + result.non2xx + result.mismatches,
}));
