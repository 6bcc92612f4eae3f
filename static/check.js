// Finds out whether the host honours .htaccess.
//
// Contract: <li data-canary="…"> names a file that must not be sent; data-refused and data-sent
// are the sentences for either case, data-fine and data-mend the words of its badge. Where
// .htaccess is honoured the program itself answers, with a policy among its headers; any other
// refusal says nothing (the file may not be there), and changes nothing.

const item = document.querySelector("[data-canary]");
const { canary, refused, sent, fine, mend } = item.dataset;
const answer = await fetch(canary, { cache: "no-store" });
if (answer.ok || answer.headers.has("Content-Security-Policy")) {
  const badge = item.querySelector(".state");
  badge.className = answer.ok ? "state state-down" : "state state-up";
  badge.firstElementChild.textContent = answer.ok ? "▼" : "●";
  badge.querySelector(".word").textContent = answer.ok ? mend : fine;
  item.querySelector(".text").textContent = answer.ok ? sent : refused;
}
