// The selects act at once, without a reload.
//
// Contract: the page has a GET form #selection-form with selects #company, #site and
// #year_month. A change shows the page that the form would lead to and moves the address bar
// there; the back button leads back. Arrow keys pass through choices that are not meant, so a
// change by keyboard waits for Enter or for the reader to leave the field. When anything goes
// wrong, the browser simply loads the page. The form's button does the same, and is all there is
// without this module.

const { busy, onPage, show } = await import(`./page.js${new URL(import.meta.url).search}`);

function address(form) {
  const pairs = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...pairs]) {
    if (value === "all") pairs.delete(name);
  }
  const url = new URL(form.action);
  url.search = pairs;
  return url;
}

async function go(form) {
  const url = address(form);
  try {
    if (await show(url, { push: true })) tell();
  } catch {
    location.assign(url);
  }
}

// Says what is shown now to those who don't see it change.
function tell() {
  shown = here();
  document.getElementById("status").textContent = document.querySelector("h1").textContent;
}

const here = () => location.pathname + location.search;
let shown = here();
const known = new WeakSet();

// Acts on changes by pointer at once, and on those by keyboard when they are meant.
function watch(form) {
  let byKeyboard = false;
  let waiting = false;
  const act = () => {
    waiting = false;
    go(form);
  };
  form.addEventListener("pointerdown", () => (byKeyboard = false));
  form.addEventListener("keydown", (event) => {
    byKeyboard = true;
    if (event.key !== "Enter" || !waiting) return;
    event.preventDefault();
    act();
  });
  form.addEventListener("change", (event) => {
    // A site belongs to the company that was chosen before.
    if (event.target.id === "company") form.elements.site.value = "all";
    waiting = byKeyboard;
    if (!waiting) act();
  });
  form.addEventListener("focusout", () => waiting && act());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

onPage(() => {
  const form = document.getElementById("selection-form");
  if (!form || known.has(form)) return;
  known.add(form);
  watch(form);
});

addEventListener("popstate", () => {
  // A step to a place on the same page is none of ours.
  if (here() === shown && !busy()) return;
  show(location.href).then((done) => done && tell(), () => location.reload());
});
