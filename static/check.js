// Finds out whether the host honours .htaccess.
//
// Contract: <li data-canary="…"> names a file that must not be sent; data-refused and data-sent
// are the sentences for either case, data-fine and data-mend the words of its badge.

const item = document.querySelector("[data-canary]");
const { canary, refused, sent, fine, mend } = item.dataset;
const answer = await fetch(canary, { cache: "no-store" });
const badge = item.querySelector(".state");
badge.className = answer.ok ? "state state-down" : "state state-up";
badge.firstElementChild.textContent = answer.ok ? "▼" : "●";
badge.querySelector(".word").textContent = answer.ok ? mend : fine;
item.querySelector(".text").textContent = answer.ok ? sent : refused;
