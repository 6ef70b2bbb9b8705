/**
 * The style of the page: black on white, one blue, and colour for weight only, each with its own shape beside it. All pairs
 * of text and ground have a contrast of at least 4.5 to 1 in both schemes (WCAG 2.1, 1.4.3). Nothing depends on a font that
 * a machine may lack, and no width is fixed, so that a phone and a sheet of paper get the same page.
 */
import { compactStyle } from "../../html/page";
import { PRINT_STYLE } from "./print-style";
import { DRAWING_STYLE } from "./drawing-style";

const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f5f6f8; --ink: #1b1f24; --quiet: #59626d; --line: #d9dde2; --strong-line: #a9b1ba;
  --accent: #1a4f8b; --accent-ground: #e8eff8;
  --blocker: #a11919; --blocker-ground: #fcebea; --warning: #7a4d00; --warning-ground: #fcf2dc;
  --info: #3a5573; --info-ground: #eaf0f6; --ready: #1c6436; --ready-ground: #e7f4eb; --waived: #555c66; --waived-ground: #eef0f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --ground: #1d2126; --ink: #e7e9ec; --quiet: #a3acb7; --line: #31373f; --strong-line: #59626d;
    --accent: #8fbcf0; --accent-ground: #1c2a3b;
    --blocker: #ff9d94; --blocker-ground: #3a1e1d; --warning: #edbe66; --warning-ground: #362a14;
    --info: #a5c2e0; --info-ground: #202a35; --ready: #86d3a0; --ready-ground: #18301f; --waived: #b4bbc4; --waived-ground: #272c32;
  }
}
`;

const TEXT = `
*, ::before, ::after { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem }
body { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: break-word }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, table { margin: 0 }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; font-weight: 650; text-wrap: balance }
h2 { font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; margin-bottom: 1rem }
h3 { font-size: 1.0625rem; line-height: 1.35; font-weight: 650; margin: 2rem 0 .75rem }
h4 { font-size: 1rem; font-weight: 600 }
p { max-width: 70ch; margin-bottom: .75rem }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px }
.name, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; overflow-wrap: anywhere }
.quiet, .place, .date { color: var(--quiet) }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: -100vw }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 2 }
`;

const FRAME = `
.layout { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 0 }
main { min-width: 0 }
main > header { margin-bottom: 2rem }
.eyebrow { color: var(--quiet); font-size: .875rem; margin-bottom: .5rem }
.date { margin: .5rem 0 0 }
section { margin-bottom: 3.5rem }
section > h2 { padding-top: 1rem; border-top: 1px solid var(--line) }
nav { margin-bottom: 2rem; font-size: .875rem }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .125rem 1rem }
nav a { display: inline-block; padding: .25rem 0; color: var(--quiet); text-decoration: none }
nav a:hover { color: var(--accent); text-decoration: underline }
footer { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem 2.5rem; color: var(--quiet); font-size: .8125rem }
@media screen and (min-width: 64rem) {
  .layout { display: grid; grid-template-columns: 9.5rem minmax(0, 56rem); gap: 4rem; padding-top: 3.5rem }
  nav ul { display: block; position: sticky; top: 2rem; border-left: 1px solid var(--line); padding-left: 1rem }
  footer { padding-left: 14.75rem }
}
.verdict { border-left: 6px solid; padding: .25rem 0 .25rem 1.25rem; margin-bottom: 3rem }
.verdict > h2 { border: 0; padding: 0; margin: 0; font-size: clamp(1.75rem, 5vw, 2.25rem); line-height: 1.15; letter-spacing: -.02em }
.verdict.blocked { border-color: var(--blocker) } .verdict.blocked > h2 { color: var(--blocker) }
.verdict.incomplete { border-color: var(--warning) } .verdict.incomplete > h2 { color: var(--warning) }
.verdict.ready { border-color: var(--ready) } .verdict.ready > h2 { color: var(--ready) }
.verdict h3 { margin-top: 1.25rem }
.lead { font-size: 1.125rem; margin: .25rem 0 .75rem }
.stoppers { padding: 0; list-style: none }
.stoppers li { padding: .625rem 0; border-top: 1px solid var(--line) }
.stoppers a { font-weight: 600 }
.stoppers .subjects { display: block }
.stoppers .why { display: block; color: var(--quiet); font-size: .9375rem; max-width: 70ch }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.25rem, 1fr)); gap: 1.25rem 1.5rem }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end }
.figures dd { font-size: 1.375rem; line-height: 1.3; font-weight: 600; letter-spacing: -.01em }
.figures dd time { font-size: 1.0625rem; line-height: 1.65 }
.figures dt { color: var(--quiet); font-size: .875rem }
`;

const PARTS = `
.tag { display: inline-block; padding: 0 .5em; border-radius: 3px; font-size: .8125rem; line-height: 1.6; font-weight: 600; white-space: nowrap }
.tag::before { margin-right: .35em }
.tag.blocker { color: var(--blocker); background: var(--blocker-ground) } .tag.blocker::before { content: "■" / "" }
.tag.warning { color: var(--warning); background: var(--warning-ground) } .tag.warning::before { content: "▲" / "" }
.tag.info { color: var(--info); background: var(--info-ground) } .tag.info::before { content: "●" / "" }
.tag.waived { color: var(--waived); background: var(--waived-ground) } .tag.waived::before { content: "○" / "" }
.tag.now { color: var(--accent); background: var(--accent-ground) } .tag.now::before { content: "▸" / "" }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.45; margin-bottom: 1rem }
caption { text-align: left; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line) }
th:last-child, td:last-child { padding-right: 0 }
thead th { color: var(--quiet); font-size: .8125rem; font-weight: 600; border-bottom-color: var(--strong-line); vertical-align: bottom; white-space: nowrap }
tbody th { font-weight: 600 }
tr.group th { padding-top: 1.25rem; color: var(--accent) }
.word { white-space: nowrap }
@media screen and (min-width: 44rem) { tbody th { min-width: 10.5rem } tbody th:has(.word) { min-width: 0 } td:has(> .name) { min-width: 8.5rem } }
details tbody:last-child > tr:last-child > * { border-bottom: 0 }
.n { text-align: right; white-space: nowrap }
td time, .place { white-space: nowrap } .place { white-space: normal; font-size: .875rem; overflow-wrap: anywhere }
details { border-bottom: 1px solid var(--line) }
summary { cursor: pointer; padding: .625rem 0 }
summary > .quiet { font-size: .9375rem; margin-left: .25rem }
summary > h3, summary > h4 { display: inline; margin: 0; font-size: .9375rem }
summary::marker { color: var(--quiet) }
details > :not(summary):last-child { margin-bottom: 1rem }
td details { border: 0 } td summary { padding: 0 } td details p { margin: .5rem 0 } td details ul { padding-left: 1.25rem; margin: 0 0 .5rem }
h3 + details, table + details, figure + details, p + details { border-top: 1px solid var(--line) }
.migration > p, .found p { margin-bottom: .5rem }
.migration details { border: 0 }
.stages { list-style: none; padding: 0; margin: .5rem 0 1.25rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 1.25rem }
.stages li { border-top: 3px solid var(--line); padding-top: .625rem; font-size: .9375rem; line-height: 1.45 }
.stages li.now { border-color: var(--accent) }
.stages p { margin-bottom: .375rem }
.effort { color: var(--quiet) } .effort span { display: block } .effort .tag { display: inline-block }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem 1.5rem; margin: 0 0 1.25rem; font-size: .9375rem }
.facts dt { color: var(--quiet); font-size: .8125rem; font-weight: 600 }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; max-width: none } .filter[hidden] { display: none }
.filter input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--strong-line); border-radius: 4px; padding: .375rem .625rem; width: 18rem; max-width: 100% }
.filter input::placeholder { color: var(--quiet); opacity: 1 }
@media screen and (max-width: 44rem) {
  table, tbody, tr, th, td { display: block }
  caption { display: block }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { padding: .625rem 0; border-bottom: 1px solid var(--line) }
  tr[hidden] { display: none }
  th, td { padding: .0625rem 0; border: 0 }
  td:empty { display: none }
  td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-size: .8125rem; margin-right: .25rem }
  .n { text-align: left; white-space: normal }
  tr.group { padding-bottom: 0 }
  td details { display: inline-block; vertical-align: top; max-width: 100% }
  details tbody:last-child > tr:last-child { border-bottom: 0 }
  .layout { padding-top: 1.25rem }
  section { margin-bottom: 2.75rem }
}
`;

/** The style sheet of the page. */
export const STYLE = compactStyle(COLOURS + TEXT + FRAME + PARTS + DRAWING_STYLE + PRINT_STYLE);
