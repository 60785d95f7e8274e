/** The built package in a real browser: the same culture, bit for bit, as in Node. Skipped where no Chromium is installed. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const LIMIT_MS = 60_000

const findChromium = (): string | undefined => {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      // the next name
    }
  }
}

/** Run in Node and in the page alike: grows, stimulates, and tells what there is to compare. */
const PROGRAM = `
const culture = Culture.grow({ neurons: 300 }, 7)
const pulses = { count: 2, steps: [40, 40], neurons: [3, 200], amplitudesMv: [80, 80] }
let spikes = 0
for (let tick = 0; tick < 200; tick++) spikes += culture.advance(10, tick === 2 ? pulses : undefined).count
const sum = (column) => column.reduce((total, value) => total + value, 0)
const result = JSON.stringify([culture.threads, spikes, sum(culture.state.v), sum(culture.state.weight), culture.network.synapses])
`

const PAGE = `<!doctype html>
<script type="importmap">{ "imports": { "zod": "/node_modules/zod/index.js", "fastest-levenshtein": "/node_modules/fastest-levenshtein/esm/mod.js", "simple-statistics": "/node_modules/simple-statistics/dist/simple-statistics.mjs" } }</script>
<script type="module">
const tell = (text) => fetch('/result', { method: 'POST', body: text })
try {
  const { Culture } = await import('/dist/src/culture/index.js')
  ${PROGRAM}
  await tell(result)
} catch (error) {
  await tell('failed: ' + error.stack)
}
</script>`

const chromium = findChromium()
let tellResult = (_text: string): void => undefined
/** What the page found out, sent back by itself. */
const pageResult = new Promise<string>((resolve) => (tellResult = resolve))

const server = createServer((request, response) => {
  const { url = '/', method } = request
  if (method === 'POST') {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      response.end()
      tellResult(text)
    })
    return
  }
  const file = join(ROOT, new URL(url, 'http://localhost').pathname)
  response.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript')
  if (url === '/') response.end(PAGE)
  else if (existsSync(file)) createReadStream(file).pipe(response)
  else response.writeHead(404).end()
})

const OPTIONS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(chromium === undefined)('a browser', () => {
  const profile = mkdtempSync(join(tmpdir(), 'bl1-browser-'))
  let browser: ChildProcess | undefined
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0
    browser = spawn(chromium ?? '', [...OPTIONS, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], { stdio: 'ignore', detached: true })
  })
  afterAll(async () => {
    if (browser?.pid !== undefined && browser.exitCode === null) {
      const ended = once(browser, 'exit')
      // the browser and the processes it started, which write into the profile too
      process.kill(-browser.pid, 'SIGKILL')
      await ended
    }
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 })
  })

  it('computes the culture that Node computes', async () => {
    const script = `const { Culture } = await import('./dist/src/culture/index.js')\n${PROGRAM}\nconsole.log(result)`
    const expected = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' }).trim()
    expect(JSON.parse(expected)[1]).toBeGreaterThan(100)
    expect(await pageResult).toBe(expected)
  }, LIMIT_MS)
})
