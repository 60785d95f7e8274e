/** The built package in a real browser: the same culture, bit for bit, as in Node. Skipped where no Chromium is installed. */
import { execFileSync, spawn } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
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
<script type="importmap">{ "imports": { "zod": "/node_modules/zod/index.js", "fastest-levenshtein": "/node_modules/fastest-levenshtein/esm/mod.js" } }</script>
<pre></pre>
<script type="module">
const show = (text) => { document.querySelector('pre').textContent = text }
try {
  const { Culture } = await import('/dist/src/culture/index.js')
  ${PROGRAM}
  show('result ' + result)
} catch (error) {
  show('failed ' + error.stack)
}
</script>`

const chromium = findChromium()
const server = createServer(({ url = '/' }, response) => {
  const file = join(ROOT, new URL(url, 'http://localhost').pathname)
  response.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript')
  if (url === '/') response.end(PAGE)
  else if (existsSync(file)) createReadStream(file).pipe(response)
  else response.writeHead(404).end()
})

/** The page's text once its script is done. */
const openPage = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
    const child = spawn(chromium ?? '', [...options, '--virtual-time-budget=20000', '--dump-dom', address], { stdio: ['ignore', 'pipe', 'ignore'], timeout: LIMIT_MS })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(text))
  })

describe.skipIf(chromium === undefined)('a browser', () => {
  let address = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    if (bound !== null && typeof bound === 'object') address = `http://127.0.0.1:${bound.port}/`
  })
  afterAll(() => void server.close())

  it('computes the culture that Node computes', async () => {
    const script = `const { Culture } = await import('./dist/src/culture/index.js')\n${PROGRAM}\nconsole.log(result)`
    const expected = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' }).trim()
    expect(JSON.parse(expected)[1]).toBeGreaterThan(100)
    expect(await openPage(address)).toContain(`result ${expected}`)
  }, LIMIT_MS)
})
