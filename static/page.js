// Shows another state of the page without a reload. The other modules build on it.
//
// Contract: imported with the version in the importing module's own URL, so that a browser
// never mixes versions. A page's content is the children of its .masthead and of <main>; its title
// and icon belong to it, and data-now on <main> is the server's time in Unix seconds. `show(url)`
// puts the content of `url` in place of the present one and resolves to true, or to false if a later call
// overtook it; it rejects if the answer is no page of ours. With `push` the address bar goes there
// too; with `quiet` nothing shows that the page is being asked for. `busy()` tells whether a call
// is under way. Children that have not changed stay as they are, with all that the reader did to
// them; focus moves on to the element of the same id, or the link to the same address, in a
// changed one. `onPage(enhance)` calls `enhance` now and after each change.

const enhancers = [];
// What each child was when it came from the server, before modules changed it.
const sources = new WeakMap();
let asked = 0;
let waiting = false;

const PLACES = [".masthead", "main"];

function remember(page) {
  for (const place of PLACES) {
    for (const part of page.querySelector(place).children) sources.set(part, part.outerHTML);
  }
}

remember(document);

export function onPage(enhance) {
  enhancers.push(enhance);
  enhance();
}

export function busy() {
  return waiting;
}

export async function show(url, { push = false, quiet = false } = {}) {
  const turn = ++asked;
  const main = document.querySelector("main");
  waiting = true;
  if (!quiet) main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return false;
    if (!page.getElementById("logs-container")) throw new Error(answer.statusText);
    if (push) history.pushState(null, "", url);
    const focused = selector(document.activeElement);
    const caret = document.activeElement?.selectionStart;
    remember(page);
    for (const place of PLACES) swap(document.querySelector(place), page.querySelector(place));
    main.dataset.now = page.querySelector("main").dataset.now;
    document.title = page.title;
    const icon = page.querySelector("link[rel=icon]").getAttribute("href");
    document.querySelector("link[rel=icon]").setAttribute("href", icon);
    enhancers.forEach((enhance) => enhance());
    if (focused && document.activeElement === document.body) {
      const same = document.querySelector(focused);
      same?.focus({ preventScroll: true });
      if (caret != null) same?.setSelectionRange?.(caret, caret);
    }
    return true;
  } catch (error) {
    if (turn !== asked) return false;
    throw error;
  } finally {
    if (turn === asked) {
      waiting = false;
      main.removeAttribute("aria-busy");
    }
  }
}

function swap(place, fresh) {
  const parts = [...fresh.children];
  while (place.children.length > parts.length) place.lastElementChild.remove();
  parts.forEach((part, at) => {
    const old = place.children[at];
    if (!old) place.append(part);
    else if (sources.get(old) !== sources.get(part)) old.replaceWith(part);
  });
}

// What finds the same element in the fresh content.
function selector(element) {
  if (element?.id) return `#${CSS.escape(element.id)}`;
  const href = element?.getAttribute("href");
  return href ? `a[href="${CSS.escape(href)}"]` : null;
}
