/** The report's style sheet: one readable column, wide tables that scroll by themselves, light, dark and print. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5b5b62; --line: #d9d9de; --ground: #ffffff; --panel: #f5f5f7 }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a8a8b3; --line: #3c3c44; --ground: #17171a; --panel: #212126 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.25rem; text-wrap: balance }
h2 { font-size: 1.3rem; margin: 2.75rem 0 0.75rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--line) }
p { max-width: 44rem; overflow-wrap: anywhere }
h1 + p { font-size: 1.12rem }
.wide { overflow-x: auto; margin: 1.5rem 0 }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: tabular-nums; min-width: 60% }
caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem }
th, td { padding: 0.4rem 0.8rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
thead th { border-bottom: 2px solid var(--soft); vertical-align: bottom }
tbody th { font-weight: 500 }
.number { text-align: right; white-space: nowrap }
.note, figcaption { color: var(--soft); font-size: 0.88rem; margin: 0.5rem 0 0 }
figure { margin: 2rem 0 }
.picture { background: #ffffff; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem; text-align: center }
.picture svg { display: block; margin: 0 auto; max-width: 100%; height: auto }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 0.9rem; font: 0.82rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow: auto; max-height: 28rem }
li { overflow-wrap: anywhere }
@media print {
  :root { color-scheme: light; --ink: #000000; --soft: #444444; --line: #bbbbbb; --ground: #ffffff; --panel: #ffffff }
  main { max-width: none; padding: 0 }
  body { font-size: 10pt }
  .wide { overflow: visible }
  table { font-size: 8.5pt }
  th, td { padding: 0.2rem 0.4rem }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere }
  figure, tr { break-inside: avoid }
  h2, caption { break-after: avoid }
  .picture { border: none; padding: 0 }
}
`
