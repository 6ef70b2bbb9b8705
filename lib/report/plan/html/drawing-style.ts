/** The style of the drawings. A drawing keeps its size, so that its letters stay readable; on a phone its frame scrolls. */
export const DRAWING_STYLE = `
figure { margin: 0 0 1.5rem }
.frame { overflow-x: auto; overscroll-behavior-x: contain }
svg { display: block; min-width: 40rem; width: 100%; max-width: 56rem; height: auto }
figcaption { color: var(--quiet); font-size: .875rem; margin-top: .625rem; max-width: 70ch }
svg text { fill: var(--ink); font-size: 12.5px; font-family: inherit }
svg text.small { font-size: 11.5px } svg text.strong { font-weight: 650; font-size: 13px }
svg text.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 11.5px }
svg text.quiet, svg .end.small { fill: var(--quiet) }
svg .middle { text-anchor: middle } svg .end { text-anchor: end }
.axis, .rule, .tick { fill: none; stroke: var(--line) } .axis, .tick { stroke: var(--strong-line) }
.area { fill: var(--accent-ground) } .line { fill: none; stroke: var(--accent); stroke-width: 2 }
.dot { fill: var(--accent); stroke: var(--paper); stroke-width: 1.5 } .dot.bare { stroke: none }
.band { fill: var(--paper) } .band.odd { fill: var(--ground) }
.node { fill: var(--paper); stroke: var(--strong-line) } .node.outside { stroke-dasharray: 4 3 }
.bar { fill: var(--accent); opacity: .75 }
.edge { fill: none; stroke: var(--strong-line) } .edge.waits { stroke: var(--warning) } .edge.waits path:first-child { stroke-dasharray: 5 3 }
.link { fill: none; stroke: var(--accent); stroke-width: 1.5 }
.key.waits { color: var(--warning); font-weight: 600; text-decoration: underline dashed; text-underline-offset: .2em }
`;
