/**
 * The script of the page, a convenience: a filter over the findings, and everything open on paper. Written in
 * the JavaScript of 2020, so that an old browser on a locked-down machine runs it as well.
 */
export const SCRIPT = `(() => {
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const input = document.getElementById("filter");
if (input) {
  input.parentElement.hidden = false;
  const section = document.getElementById("findings");
  const groups = all("details", section);
  const wasOpen = groups.map((group) => group.open);
  const count = document.getElementById("filter-count");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(" ").filter(Boolean);
    let shown = 0;
    groups.forEach((group, index) => {
      const rule = group.querySelector("summary h4");
      const head = rule === null ? "" : rule.textContent.toLowerCase();
      let hits = 0;
      for (const row of all("tbody tr", group)) {
        const text = head + " " + row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) hits += 1;
      }
      group.hidden = hits === 0;
      group.open = words.length === 0 ? wasOpen[index] : hits > 0;
      if (group.classList.contains("found")) shown += hits;
    });
    count.textContent = words.length === 0 ? "" : shown + (shown === 1 ? " finding" : " findings");
  });
}
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});
})();
`;
