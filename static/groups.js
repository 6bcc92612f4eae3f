// Filters an overview as one types, and keeps its companies as the reader left them.
//
// Contract: the form #search-form has a text field #q and a check box #attention; each
// <section class="group"> in #logs-container is a company with <details>, an <h2>, and a row (tr
// or li) for each site, whose link has the names of its folders; #no-match says that no site matches. A row is
// shown if the company's name, its own first column and its folders have all words of #q. Rows
// whose class is down, stale or unconfirmed need attention. While there is a filter all companies are open.
// The server does the same for ?q= and ?state=, with `hidden`; all of it outlives a refresh.

const { onPage } = await import(`./page.js${new URL(import.meta.url).search}`);

// What the reader opened or closed by hand, by the id of its heading.
const left = new Map();
let search = null;

const groups = () => [...document.querySelectorAll("#logs-container .group")];
const rowsOf = (group) => [...group.querySelectorAll("tbody tr, .ended > li")];

function names(group, row) {
  const link = row.querySelector("a");
  const folders = new URLSearchParams(link.search);
  const own = row.querySelector("th, span:has(> a)").textContent;
  const company = group.querySelector("h2 > [dir]")?.textContent ?? "";
  return `${company} ${own} ${folders.get("company")} ${folders.get("site")}`.toLowerCase();
}

function apply({ text, attention }) {
  const words = text.toLowerCase().split(/\s+/);
  const filtering = attention || text.trim() !== "";
  let found = false;
  for (const group of groups()) {
    const rows = rowsOf(group);
    for (const row of rows) {
      const urgent = row.matches(".down, .stale, .unconfirmed");
      const all = names(group, row);
      row.hidden = (attention && !urgent) || !words.every((word) => all.includes(word));
    }
    group.hidden = rows.every((row) => row.hidden);
    found ||= !group.hidden;
    const details = group.querySelector("details");
    details.dataset.open ??= details.open;
    const id = group.getAttribute("aria-labelledby");
    details.open = filtering || (left.get(id) ?? details.dataset.open === "true");
  }
  document.getElementById("no-match").hidden = found || !filtering;
}

function watch(form) {
  const [field, box] = [form.elements.q, form.elements.attention];
  // A refresh may bring a fresh form; what was typed is the reader's.
  if (search) [field.value, box.checked] = [search.text, search.attention];
  const act = () => {
    search = { text: field.value, attention: box.checked };
    apply(search);
  };
  form.addEventListener("input", act);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

document.addEventListener("click", ({ target }) => {
  const group = target.closest("summary")?.closest(".group");
  if (group) left.set(group.getAttribute("aria-labelledby"), !group.querySelector("details").open);
});

const known = new WeakSet();

onPage(() => {
  const form = document.getElementById("search-form");
  if (!form) search = null;
  if (!form) return;
  if (!known.has(form)) watch(form);
  known.add(form);
  const { q, attention } = form.elements;
  if (search || left.size > 0) apply(search ?? { text: q.value, attention: attention.checked });
});
