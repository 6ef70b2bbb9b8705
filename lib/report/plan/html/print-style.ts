/**
 * The style of the printed page: black on white whatever the screen had, everything open, no row, drawing or stage cut in
 * two. What is closed opens through `::details-content` (CSS Pseudo-Elements Level 4); where a browser has not got that, the
 * script opens it.
 */
export const PRINT_STYLE = `
@media print {
  :root { color-scheme: light; --paper: #fff; --ground: #f3f4f6; --ink: #000; --quiet: #444b54; --line: #c9ced4; --strong-line: #8c949e; --accent: #1a4f8b; --accent-ground: #e8eff8; --blocker: #a11919; --blocker-ground: #fcebea; --warning: #7a4d00; --warning-ground: #fcf2dc; --info: #3a5573; --info-ground: #eaf0f6; --ready: #1c6436; --ready-ground: #e7f4eb; --waived: #555c66; --waived-ground: #eef0f2 }
  @page { margin: 18mm 16mm }
  html { font-size: 9.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  nav, .skip, .filter { display: none }
  .layout, footer { display: block; max-width: none; padding: 0 }
  section { margin-bottom: 2rem }
  a { color: inherit; text-decoration: none }
  details::details-content { content-visibility: visible; height: auto; display: block }
  summary { list-style: none } summary::marker { content: "" }
  thead { display: table-header-group }
  tr, figure, .stages li, .figures div, .facts div, .stoppers li { break-inside: avoid }
  h2, h3, h4, summary, caption { break-after: avoid }
  svg { min-width: 0; max-height: 24cm } .frame { overflow: visible }
  p, li { orphans: 3; widows: 3 }
}
`;
