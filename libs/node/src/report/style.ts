/** The style sheet of reports: light and dark, for screens and paper. */

import { markup, type Markup } from './markup.js';

export const style: Markup = markup`
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f5f7f9; --ink: #17202b; --soft: #556372; --line: #dfe4ea;
  --final: #084c6b; --teacher: #a8541c; --heat: #084c6b; --on-heat: #ffffff; --cell: #eef2f5;
  --track: #e4e9ee; --bad: #b3261e; --warning: #fff4e0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171e; --raised: #1a212a; --ink: #e7ecf1; --soft: #9dabba; --line: #2c3641;
    --final: #7cc4e8; --teacher: #f0a670; --heat: #7cc4e8; --on-heat: #0b1118; --cell: #1c242e;
    --track: #2a343f; --bad: #ff8a80; --warning: #3a2d14;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { max-width: 66rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
h1 { font-size: 2.25rem; line-height: 1.15; margin: 0; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 0.75rem; letter-spacing: -0.01em; }
section { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.eyebrow { margin: 0 0 0.25rem; color: var(--soft); font-size: 0.875rem; font-weight: 600; }
.lead { font-size: 1.1875rem; margin: 0.75rem 0 0; max-width: 46rem; }
.note { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1.75rem; }
.tile { flex: 1 1 12rem; display: flex; flex-direction: column; padding: 1rem 1.25rem; background: var(--raised); border-radius: 0.5rem; border-left: 4px solid var(--line); }
.tile.teacher { border-color: var(--teacher); }
.tile.final { border-color: var(--final); }
.tile-value { font-size: 2.25rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.tile-name { color: var(--soft); font-size: 0.9375rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.25rem; margin: 1.75rem 0 0; }
.facts dt { color: var(--soft); font-size: 0.8125rem; }
.facts dd { margin: 0; font-weight: 600; }
.warning { margin-top: 1.5rem; padding: 0.75rem 1.25rem; background: var(--warning); border-radius: 0.5rem; overflow-wrap: anywhere; }
.warning ul { margin: 0.25rem 0 0; padding-left: 1.25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 24rem; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.5rem; }
th, td { padding: 0.4rem 0.75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: 0.8125rem; white-space: nowrap; }
tbody th { font-weight: 500; min-width: 6rem; max-width: 20rem; overflow-wrap: break-word; }
.dense { font-size: 0.875rem; }
.dense th, .dense td { padding: 0.4rem 0.45rem; }
.dense th:first-child, .dense td:first-child { padding-left: 0; }
.groups th, .groups td { border-bottom: 0; padding-bottom: 0; }
.groups th { text-align: center; color: var(--ink); }
.groups span { display: block; padding-bottom: 0.25rem; border-bottom: 1px solid var(--soft); }
.number { text-align: right; white-space: nowrap; }
.estimate { white-space: nowrap; }
code, pre { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.8125rem; }
pre { margin: 0; padding: 1rem 1.25rem; background: var(--raised); border-radius: 0.5rem; overflow-x: auto; }
details, .scroll + .note { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.25rem 0; }
summary + * { margin-top: 0.75rem; }
.textures { position: absolute; }
.figures { display: flex; flex-wrap: wrap; gap: 2rem 1rem; }
figure { margin: 0; max-width: 100%; }
figcaption { font-weight: 600; margin-bottom: 0.5rem; overflow-wrap: anywhere; }
figcaption, figure > .note, figure > .legend-list { width: 0; min-width: 100%; }
.legend-list { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: 0.9375rem; }
.legend-list li { display: flex; align-items: center; gap: 0.5rem; }
.chart { display: block; max-width: 100%; height: auto; overflow: visible; }
.scroll > .chart[width='1000'] { min-width: 44rem; }
.chart text, .swatch text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
.chart .axis-title, .chart .axis-title text { fill: var(--soft); }
.chart .stage-name text { font-weight: 600; }
.cell, .track { fill: var(--cell); }
.track { fill: var(--track); }
.heat { fill: var(--heat); }
.chart .cell-text { font-size: 14px; font-weight: 600; text-anchor: middle; }
.chart .cell-text.share { font-size: 11px; font-weight: 400; }
.chart .cell-text.medium { fill: #0b1118; }
.chart .cell-text.strong { fill: var(--on-heat); }
.chart .cell-text.empty { fill: var(--soft); font-weight: 400; font-size: 12px; }
.reliability { fill: var(--heat); fill-opacity: 0.75; }
.bin-windows { fill: var(--soft); }
.ideal { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
.band { fill: none; stroke: var(--line); }
.grid { stroke: var(--line); fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.weighted-f1 .line, .validation .line { stroke: var(--final); }
.weighted-f1 .mark, .validation .mark { fill: var(--final); stroke: var(--paper); stroke-width: 1; }
.accuracy .line, .training .line { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
.accuracy .mark, .training .mark { fill: var(--paper); stroke: var(--soft); stroke-width: 1.5; }
.rate-change { stroke: var(--teacher); stroke-width: 1.5; stroke-dasharray: 2 3; fill: none; }
.best { fill: none; stroke: var(--ink); stroke-width: 2; }
.teacher-line { stroke: var(--teacher); stroke-width: 1.5; stroke-dasharray: 2 3; fill: none; }
.dumbbell { display: block; position: relative; top: 2px; }
.dumbbell .span { stroke: var(--soft); stroke-width: 2; fill: none; }
.dumbbell .ring { fill: var(--paper); stroke: var(--teacher); stroke-width: 2; }
.dumbbell .disc { fill: var(--final); }
.aborted { stroke: var(--bad); stroke-width: 2; fill: none; }
.chart .value { font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.chart .block-text, .swatch .block-text { font-size: 11px; font-weight: 600; text-anchor: middle; paint-order: stroke; stroke-width: 3px; stroke-linejoin: round; }
.chart .block-text.light, .swatch .block-text.light { fill: #ffffff; }
.chart .block-text.dark, .swatch .block-text.dark { fill: #10161d; }
@media print {
  :root { --paper: #ffffff; --raised: #f5f7f9; --ink: #17202b; --soft: #556372; --line: #dfe4ea; --final: #084c6b; --teacher: #a8541c; --heat: #084c6b; --on-heat: #ffffff; --cell: #eef2f5; --track: #e4e9ee; --bad: #b3261e; --warning: #fff4e0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { margin-top: 1.5rem; padding-top: 1rem; }
  figure, tr, .tiles, .chart, .scroll { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; }
  table, .dense { font-size: 0.6875rem; }
  thead th[scope] { font-size: inherit; white-space: normal; }
  th, td { padding: 0.3rem; }
  .figures > figure { max-width: calc(50% - 0.5rem); }
}
`;
