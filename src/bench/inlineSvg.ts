/**
 * Lets an SVG into an HTML page: checks that it only draws, and makes its ids its own, since several figures on one page would otherwise
 * share clip paths and gradients of the same name.
 */
import { Bl1Error } from '../errors.js'

const DRAWING_ELEMENTS = new Set([
  'svg', 'g', 'defs', 'clipPath', 'linearGradient', 'radialGradient', 'stop', 'path', 'line', 'rect', 'circle', 'ellipse', 'polyline',
  'polygon', 'text', 'tspan', 'image',
])

const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g

// An attribute with its ids prefixed, or the reason why it may not stand.
const attribute = (name: string, value: string, prefix: string): { text: string } | { reason: string } => {
  if (/^on/i.test(name)) return { reason: `attribute ${name}` }
  if (name === 'id') return { text: `id="${prefix}${value}"` }
  if (/href$/i.test(name)) {
    if (value.startsWith('#')) return { text: `${name}="#${prefix}${value.slice(1)}"` }
    return /^data:image\/png;base64,[A-Za-z0-9+/=]*$/.test(value) ? { text: `${name}="${value}"` } : { reason: `${name} leads elsewhere` }
  }
  if (name.startsWith('aria-')) return { text: `${name}="${value}"` }
  // Entities and CSS escapes could hide an address from the check below.
  if (/[&\\]/.test(value)) return { reason: `attribute ${name} holds an escape` }
  if (/url\((?!#)/i.test(value)) return { reason: `attribute ${name} loads something` }
  return { text: `${name}="${value.replaceAll('url(#', `url(#${prefix}`)}"` }
}

/**
 * @param svg - an SVG element as text, as `drawSvg` returns it
 * @param prefix - put before every id inside
 * @param title - names the figure in the error
 * @returns the SVG, drawing the same, safe to place in a page
 * @throws Bl1Error `report/svg` when it holds anything but drawing elements, an event handler or an outside address, or is not well formed
 */
export const inlineSvg = (svg: string, prefix: string, title: string): string => {
  const refuse = (reason: string): never => {
    throw new Bl1Error('report/svg', { title, reason })
  }
  const source = svg.trim()
  const open: string[] = []
  let inlined = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(source)
    if (token === null) return refuse(`not well formed at character ${at}`)
    const [, slash, element = '', attributes = '', selfClosing, text] = token
    if (open.length === 0 && (at > 0 || element !== 'svg' || slash !== '')) return refuse('more or other than one svg element')
    if (text !== undefined) {
      inlined += text
      continue
    }
    if (!DRAWING_ELEMENTS.has(element)) return refuse(`element ${element}`)
    if (slash !== '') {
      if (open.pop() !== element || attributes !== '') return refuse(`element ${element} closes out of order`)
      inlined += `</${element}>`
      continue
    }
    inlined += `<${element}`
    for (const [, name, value] of attributes.matchAll(ATTRIBUTE)) {
      const checked = attribute(name, value, prefix)
      if ('reason' in checked) return refuse(checked.reason)
      inlined += ` ${checked.text}`
    }
    inlined += selfClosing === '' ? '>' : '/>'
    if (selfClosing === '') open.push(element)
  }
  return open.length > 0 || source === '' ? refuse('it ends early') : inlined
}
