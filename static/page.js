// Shows another state of the page without a reload. The other modules build on it.
//
// Contract: imported with the version in the importing module's own URL, so that a browser
// never mixes versions. A page's content is the children of <main>; its title and language link belong to
// it, and data-now on <main> is the server's time in Unix seconds. `show(url)` puts the content
// of `url` in place of the present one and resolves to true, or to false if a later call
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

function remember(main) {
  for (const part of main.children) sources.set(part, part.outerHTML);
}

remember(document.querySelector("main"));

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
    swap(main, page.querySelector("main"));
    document.title = page.title;
    const language = page.querySelector(".language").getAttribute("href");
    document.querySelector(".language").setAttribute("href", language);
    enhancers.forEach((enhance) => enhance());
    if (focused && document.activeElement === document.body) {
      const same = main.querySelector(focused);
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

function swap(main, fresh) {
  main.dataset.now = fresh.dataset.now;
  remember(fresh);
  const parts = [...fresh.children];
  while (main.children.length > parts.length) main.lastElementChild.remove();
  parts.forEach((part, at) => {
    const old = main.children[at];
    if (!old) main.append(part);
    else if (sources.get(old) !== sources.get(part)) old.replaceWith(part);
  });
}

// What finds the same element in the fresh content.
function selector(element) {
  if (element?.id) return `#${CSS.escape(element.id)}`;
  const href = element?.getAttribute("href");
  return href ? `a[href="${CSS.escape(href)}"]` : null;
}
