// The load generator: for each line of standard input, {url, connections, seconds, bodies}, asks that URL for so long and
// answers one line: what came, in milliseconds and bytes on the wire. It stays, so that its own code is warm. What is under
// way when the time is over counts for nothing: as many requests as there are connections, so let the time be long.
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'

const TICK = 50 // milliseconds between the looks of autocannon at the clock

function measure({ url, connections, seconds, bodies }) {
  const times = []
  const found = { requests: 0, seconds: 0, bytes: 0, failed: 0, first_error: null }
  let dealt = 0
  let begun
  let last
  return new Promise((resolve, reject) => {
    const run = autocannon(
      {
        url,
        connections,
        duration: seconds,
        sampleInt: TICK,
        timeout: 30,
        skipAggregateResult: true,
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        // Each connection asks its own share of the bodies, in turn.
        setupClient: (client) => {
          const share = bodies.filter((_, number) => number % connections === dealt)
          dealt += 1
          client.setRequests(share.map((body) => ({ body })))
        },
        verifyBody: (body) => body.startsWith('{"data"'),
      },
      (error, result) => {
        if (error) return reject(error)
        times.sort((one, other) => one - other)
        found.requests = times.length
        found.seconds = (last - begun) / 1000
        found.p50 = times[Math.floor(times.length * 0.5)] ?? null
        found.p99 = times[Math.floor(times.length * 0.99)] ?? null
        found.failed += result.errors
        resolve(found)
      },
    )
    run.on('start', () => (begun = performance.now()))
    run.on('response', (_client, status, bytes, time) => {
      last = performance.now()
      found.bytes += bytes
      times.push(time)
    })
    run.on('reqMismatch', (body) => {
      // A status other than 200 comes with such a body too, so it is counted here.
      found.failed += 1
      found.first_error ??= body.slice(0, 500)
    })
    run.on('reqError', (error) => (found.first_error ??= String(error)))
  })
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measure(JSON.parse(line))))
}
