// The dashboard in a real browser: with and without JavaScript, on a phone, in the dark.

import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { openPage, startBrowser, startSite } from "./site.mjs";

let site;
let chromium;

before(async () => {
  site = await startSite();
  chromium = await startBrowser();
});

afterEach(() => chromium.closePages());

after(async () => {
  await chromium?.stop();
  site?.stop();
});

const open = (options) => openPage(chromium.browser, site, options);
const sites = (page) => page.locator(".sites tbody tr");
const company = async (page) => page.locator("#company").evaluate((select) => select.value);

test("nothing leaves the site and nothing is complained about", async () => {
  const page = await open();
  const answer = await page.goto(site.address, { waitUntil: "networkidle" });
  assert.match(answer.headers()["content-security-policy"], /^default-src 'self';/);
  assert.equal(await sites(page).count(), 3);
  assert.deepEqual(page.complaints, []);
});

test("a choice acts without a reload and stays in the URL, and back leads back", async () => {
  const page = await open();
  await page.goto(site.address);
  await page.evaluate(() => (window.stillHere = true));
  await page.selectOption("#company", "hoshizora");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await sites(page).count(), 1);
  await page.focus("#year_month");
  await page.selectOption("#year_month", "202410");
  await page.waitForURL(/\?company=hoshizora&year_month=202410$/);
  assert.match(await page.title(), /^星空観光協会 \/ 2024年10月/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "year_month");
  await page.goBack();
  await page.waitForURL(/\?company=hoshizora$/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".sites tbody tr").length === 3);
  assert.equal(await company(page), "all");
  assert.equal(await page.evaluate(() => window.stillHere), true);
  assert.deepEqual(page.complaints, []);
});

test("another company forgets the former one's site", async () => {
  const page = await open();
  await page.goto(`${site.address}?company=analyzegear&site=site2`);
  await page.selectOption("#company", "hoshizora");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await sites(page).count(), 1);
});

test("without JavaScript the form does the same", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${site.address}?lang=en`);
  await page.selectOption("#company", "analyzegear");
  await page.selectOption("#year_month", "2024");
  await page.getByRole("button", { name: "Show" }).click();
  assert.match(page.url(), /\?company=analyzegear&site=all&year_month=2024&lang=en$/);
  assert.equal(await page.locator("#report tbody tr:not(.company-row)").count(), 2);
  assert.equal(await company(page), "analyzegear");
  assert.deepEqual(page.complaints, []);
});

test("the page is dark where the reader's system is", async () => {
  const light = await open({ colorScheme: "light" });
  const dark = await open({ colorScheme: "dark" });
  const brightness = async (page) => {
    await page.goto(site.address);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    return colour.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0);
  };
  assert.ok((await brightness(light)) > 600);
  assert.ok((await brightness(dark)) < 150);
});

const visible = (page) => page.locator(".sites tbody tr:visible").count();

async function refresh(page) {
  const refreshed = page.waitForResponse((answer) => answer.url() === page.url());
  await page.clock.fastForward(61_000);
  await refreshed;
  await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
}

test("the sites of a company sort by any column, both ways, and the keyboard can do it", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  const first = () => sites(page).first().locator(".url").textContent();
  const head = page.getByRole("button", { name: "90 d" });
  await head.click();
  assert.equal(await first(), "blog.example.com/");
  await head.press("Enter");
  assert.equal(await first(), "example.com/");
  const order = page.locator(".sites th[aria-sort]").first();
  assert.equal(await order.textContent(), "Uptime, 90 days");
  assert.equal(await order.getAttribute("aria-sort"), "descending");
  await page.getByRole("button", { name: "Response" }).click();
  assert.equal(await first(), "example.com/");
});

test("the table of counts sorts by any column", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  await page.getByText("Table of counts").click();
  const first = () => page.locator("#count-table tbody tr").first().locator(".url").textContent();
  await page.getByRole("button", { name: "Checks", exact: true }).click();
  assert.equal(await first(), "https://festival.example/2024/");
  await page.getByRole("button", { name: "Checks", exact: true }).click();
  assert.notEqual(await first(), "https://festival.example/2024/");
});

test("the search hides sites as one types, and a refresh keeps it", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  await page.getByRole("button", { name: "90 d" }).click();
  await page.getByRole("searchbox", { name: "Filter sites" }).fill("hoshi");
  assert.equal(await visible(page), 1);
  await page.evaluate(() => scrollTo(0, 120));
  const scroll = await page.evaluate(() => scrollY);
  await refresh(page);
  assert.equal(await visible(page), 1);
  assert.equal(await page.getByRole("searchbox").inputValue(), "hoshi");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  assert.equal(await page.evaluate(() => scrollY), scroll);
  assert.ok((await page.locator(".sites th[aria-sort]").count()) > 0);
  await page.getByRole("searchbox").fill("");
  assert.equal(await visible(page), 3);
  assert.deepEqual(page.complaints, []);
});

test("without JavaScript the search is a form, and keeps company and language", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${site.address}?lang=en&company=analyzegear`);
  await page.getByRole("searchbox").fill("blog");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?company=analyzegear&lang=en&q=blog$/);
  assert.equal(await visible(page), 1);
  assert.equal(await page.getByRole("button", { name: "Filter" }).isVisible(), true);
});

test("script and server find the same sites", async () => {
  for (const text of ["hoshi", "SITE2", "example.com", "analyzegear blog", "zzz", "shop.example/"]) {
    const [plain, enhanced] = [await open({ javaScriptEnabled: false }), await open()];
    await plain.goto(`${site.address}?q=${encodeURIComponent(text)}`);
    await enhanced.goto(site.address);
    await enhanced.getByRole("searchbox").fill(text);
    const shown = (page) => page.locator(".sites tbody tr:visible .url").allTextContents();
    assert.deepEqual(await shown(enhanced), await shown(plain), text);
    assert.equal(await enhanced.locator("#no-match").isVisible(), await plain.locator("#no-match").isVisible(), text);
  }
});

test("companies stay as they were left over a refresh", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  const details = page.locator(".group details").first();
  assert.equal(await details.evaluate((one) => one.open), true);
  await page.locator(".group summary").first().click();
  assert.equal(await details.evaluate((one) => one.open), false);
  // As if everything had changed.
  await page.evaluate(() => document.querySelector("#logs-container").replaceWith(document.querySelector("#logs-container").cloneNode(true)));
  await refresh(page);
  assert.equal(await details.evaluate((one) => one.open), false);
  // A search opens what it finds, and leaves no trace.
  await page.getByRole("searchbox").fill("site1");
  assert.equal(await details.evaluate((one) => one.open), true);
  await page.getByRole("searchbox").fill("");
  assert.equal(await details.evaluate((one) => one.open), false);
});

test("a refresh leaves selected text alone", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(site.address);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("h1")));
  let asked = 0;
  page.on("request", (request) => (asked += request.url() === page.url() ? 1 : 0));
  await page.clock.fastForward(61_000);
  assert.equal(asked, 0);
  assert.notEqual(await page.evaluate(() => String(getSelection())), "");
});

test("ages go on without a request", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  const age = page.locator("time[data-age]").nth(1);
  assert.match(await age.textContent(), /^[1-3] minutes? ago$/);
  await page.route("**", (route) => route.abort());
  await page.clock.fastForward(20 * 60_000);
  await page.waitForFunction(() => /^2\d minutes ago$/.test(document.querySelectorAll("time[data-age]")[1].textContent));
});

test("bars read out by pointer and by arrow keys", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  const bars = page.locator("tr", { hasText: "blog.example.com" }).locator("svg[data-days]");
  await bars.focus();
  const readOut = page.locator(".read-out");
  // Today's uptime goes on falling.
  const today = /^2024-11-30: 78\.\d{3}%, failed: 3 of 12 checks$/;
  assert.match(await readOut.textContent(), today);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await readOut.textContent(), "2024-11-29: checks: 12, all up");
  assert.equal(await bars.getAttribute("aria-valuetext"), "2024-11-29: checks: 12, all up");
  await page.keyboard.press("Escape");
  assert.equal(await readOut.isVisible(), false);
  const box = await bars.boundingBox();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2);
  assert.match(await readOut.textContent(), today);
  await page.mouse.move(0, 0);
  assert.equal(await readOut.isVisible(), false);
  assert.deepEqual(page.complaints, []);
});

test("the days of a site are reached by arrow keys and read out", async () => {
  const page = await open();
  // A focus before the scripts are there is one that they never see.
  await page.goto(`${site.address}?company=analyzegear&site=site2&lang=en`, { waitUntil: "networkidle" });
  const days = page.locator("#url-1 .three a");
  // From the keyboard: a focus by script alone shows no ring.
  await page.locator("#url-1 .scroll").first().focus();
  await page.keyboard.press("Shift+Tab");
  const title = () => page.evaluate(() => document.activeElement.querySelector("title")?.textContent);
  assert.equal(await title(), await days.last().locator("title").textContent());
  const readOut = page.locator(".read-out");
  assert.equal(await readOut.textContent(), await title());
  assert.match(await title(), /^2024-11-30: /);
  await page.keyboard.press("ArrowLeft");
  assert.match(await title(), /^2024-11-29: /);
  assert.equal(await readOut.textContent(), await title());
  await page.keyboard.press("Home");
  assert.equal(await title(), await days.first().locator("title").textContent());
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  assert.equal(await readOut.isVisible(), false);
  assert.deepEqual(page.complaints, []);
});

test("reports print to A4 without the form, each client's on its own pages", async () => {
  const page = await open();
  const pages = async (path) => {
    await page.goto(site.address + path);
    const pdf = await page.pdf({ format: "A4" });
    return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  };
  const [many, one] = [await pages("?company=analyzegear&year_month=202411"), await pages("?company=hoshizora&year_month=202411")];
  assert.ok(many <= 2, `${many} pages`);
  assert.equal(one, 1);
  assert.equal(await pages("?year_month=202411"), many + one);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#selection-form").isVisible(), false);
  assert.equal(await page.locator(".sheet").count(), 2);
  assert.equal(await page.locator(".sheet .verdict:visible").count(), 2);
});

test("the check tells whether the host honours .htaccess", async () => {
  const page = await openPage(chromium.browser, site);
  await page.goto(`${site.address}?check=1&lang=en`);
  await page.getByText("The host honours .htaccess").waitFor();
  // A host that ignores it sends the file.
  const text = readFileSync(new URL("../../static/canary.csv", import.meta.url), "utf8");
  await page.route("**/canary.csv*", (route) => route.fulfill({ body: text, contentType: "text/csv" }));
  await page.reload();
  await page.getByText("The host ignores .htaccess").waitFor();
  assert.equal(await page.locator("[data-canary] .state.down").count(), 1);
  // A file that was not copied is refused by any host.
  await page.unroute("**/canary.csv*");
  await page.route("**/canary.csv*", (route) => route.fulfill({ status: 404, body: "Not Found" }));
  await page.reload();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("[data-canary] .state.undated").count(), 1);
});

test("an inline script, style or handler that got into a page would not act", async () => {
  const page = await openPage(chromium.browser, site);
  for (const path of ["", "?company=analyzegear&site=site1", "?year_month=202411", "?check=1", "no/such/page"]) {
    const answer = await page.goto(`${site.address}${path}`);
    assert.doesNotMatch(answer.headers()["content-security-policy"], /unsafe|\*|data:|http/);
    const acted = await page.evaluate(async () => {
      document.body.insertAdjacentHTML("beforeend", '<p id="x" style="color: rgb(1, 2, 3)" onclick="window.acted = 1">x</p>');
      const script = document.createElement("script");
      script.textContent = "window.acted = 2";
      document.body.append(script);
      document.querySelector("#x").click();
      await new Promise((done) => setTimeout(done, 50));
      return [window.acted, getComputedStyle(document.querySelector("#x")).color === "rgb(1, 2, 3)"];
    });
    assert.deepEqual(acted, [undefined, false], path);
  }
});

// Text that means nothing in two pieces: everything but names, URLs, headings and sentences.
const broken = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest('[dir="auto"], h1, h2, svg, option, .visually-hidden')) continue;
      const piece = /\d{4}-\d\d-\d\d \d\d:\d\d|\S+/g;
      for (const { 0: word, index } of node.data.matchAll(piece)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(word);
      }
    }
    return found;
  });

for (const width of [360, 768, 1024, 1216, 1440]) {
  test(`no date, number or word breaks at ${width} px`, async () => {
    const page = await open({ viewport: { width, height: 900 } });
    for (const path of ["?lang=en", "?company=analyzegear&site=site2&lang=en", "?company=analyzegear&site=site1&date=20241108&lang=en", "?year_month=202411&lang=en", "?year_month=2024&lang=en"]) {
      await page.goto(site.address + path);
      assert.deepEqual(await broken(page), [], path);
    }
  });
}

test("paper has tables and is white, whatever the reader's system and the width", async () => {
  const page = await open({ colorScheme: "dark", viewport: { width: 718, height: 1047 } });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.goto(`${site.address}?lang=en`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  assert.equal(await page.locator(".listbar form").isVisible(), false);
  assert.deepEqual(await broken(page), []);
  for (const path of ["?year_month=202411&lang=en", "?company=analyzegear&site=site2&lang=en"]) {
    await page.goto(site.address + path);
    const seen = await page.evaluate(() => ({
      rows: [...new Set([...document.querySelectorAll("tbody tr")].map((row) => getComputedStyle(row).display))],
      heads: [...new Set([...document.querySelectorAll("thead")].map((head) => getComputedStyle(head).display))],
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.querySelector("h1")).color.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0) < 300,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    assert.deepEqual(seen, { rows: ["table-row"], heads: ["table-header-group"], paper: "rgb(255, 255, 255)", ink: true, overflow: 0 }, path);
    assert.deepEqual(await broken(page), [], path);
  }
});

test("arrow keys pass through choices; Enter and leaving the field mean them", async () => {
  const page = await open();
  await page.goto(site.address);
  const before = await page.evaluate(() => history.length);
  await page.focus("#company");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await company(page), "hoshizora");
  assert.equal(page.url(), site.address);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.keyboard.press("ArrowUp");
  assert.match(page.url(), /\?company=hoshizora$/);
  await page.keyboard.press("Tab");
  await page.waitForURL(/\?company=analyzegear$/);
  assert.equal(await page.evaluate(() => history.length), before + 2);
  assert.deepEqual(page.complaints, []);
});

test("a search without a match says so", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  const none = page.getByRole("status").filter({ hasText: "No site matches." });
  await page.getByRole("searchbox").fill("nothing like this");
  assert.equal(await none.isVisible(), true);
  await page.getByRole("searchbox").fill("hoshi");
  assert.equal(await none.isVisible(), false);
});

test("where rows are cards, nothing that nobody sees takes the focus", async () => {
  const page = await open({ viewport: { width: 800, height: 900 } });
  await page.goto(`${site.address}?lang=en`);
  await page.locator(".column-heads button").first().waitFor({ state: "attached" });
  const hidden = await page.evaluate(() => {
    const buttons = [...document.querySelectorAll("thead button, .column-heads button")];
    return [buttons.length > 0, buttons.filter((button) => (button.focus(), document.activeElement === button)).length];
  });
  assert.deepEqual(hidden, [true, 0]);
});

test("a refresh neither dims the page nor moves the focus to another link", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  const second = page.locator(".sites .name").nth(1);
  await second.focus();
  const id = await second.evaluate((link) => [link.id, link.closest("tr").querySelector(".url").textContent]);
  await page.evaluate(() => {
    window.dimmed = 0;
    const main = document.querySelector("main");
    new MutationObserver(() => (window.dimmed += main.hasAttribute("aria-busy") ? 1 : 0)).observe(main, { attributes: true });
  });
  const refreshed = page.waitForResponse((answer) => answer.url().endsWith("?lang=en"));
  await page.clock.fastForward(61_000);
  await refreshed;
  await page.waitForFunction(() => document.activeElement !== document.body);
  const now = await page.evaluate(() => {
    const link = document.activeElement;
    return [link.id, link.closest("tr")?.querySelector(".url").textContent];
  });
  assert.deepEqual(now, id);
  assert.equal(await page.evaluate(() => window.dimmed), 0);
});

test("ages in Japanese read the same from server and script", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(site.address);
  await page.clock.fastForward(11_000);
  for (const age of await page.locator("time[data-age]").allTextContents()) assert.match(age, /^\d+(秒|分|時間|日)前$/);
});
