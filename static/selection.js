// The selects act at once, without a reload.
//
// Contract: the page has a GET form #selection-form with selects #company, #site and
// #year_month, and #logs-container with what they show. On a change this module asks for the
// page that the form would lead to, puts its form and container in place of the present
// ones, and moves the address bar there; the back button leads back. When anything goes
// wrong, the browser simply loads the page. Without this module the form has a button.

const PARTS = ["selection-form", "logs-container"];
let asked = 0;

function address(form) {
  const pairs = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...pairs]) {
    if (value === "all") pairs.delete(name);
  }
  const url = new URL(form.action);
  url.search = pairs;
  return url;
}

async function show(url) {
  const turn = ++asked;
  const focused = document.activeElement?.id;
  document.getElementById("logs-container").setAttribute("aria-busy", "true");
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return false;
  const fresh = PARTS.map((id) => page.getElementById(id));
  if (!answer.ok || fresh.includes(null)) throw new Error(answer.statusText);
  PARTS.forEach((id, at) => document.getElementById(id).replaceWith(fresh[at]));
  document.title = page.title;
  document.querySelector(".language").href = page.querySelector(".language").href;
  enhance();
  if (focused) document.getElementById(focused)?.focus();
  return true;
}

function enhance() {
  const form = document.getElementById("selection-form");
  if (!form) return;
  form.classList.add("acts-at-once");
  form.addEventListener("change", async (event) => {
    // A site belongs to the company that was chosen before.
    if (event.target.id === "company") form.elements.site.value = "all";
    const url = address(form);
    try {
      if (await show(url)) history.pushState(null, "", url);
    } catch {
      location.assign(url);
    }
  });
}

addEventListener("popstate", () => show(location.href).catch(() => location.reload()));
enhance();
