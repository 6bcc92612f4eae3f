// Names from logs that try to be more than text, or are very long, in a real browser.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { openPage, startBrowser, startSite } from "./site.mjs";

const NAMES = [
  "<img src=x onerror=alert(1)>",
  "\"><script>alert(1)</script>",
  "javascript:alert(1)",
  "\u202Egpj.exe",
  "\u202Dhttps://example.com/\u2066\u001B[31m",
  "https://example.com/" + "x".repeat(480),
  "長".repeat(166),
  "\u{1F469}\u200D\u{1F467}\u{1F3F4}",
];

// What a page shows of a name: characters that act on the text around them are no more than boxes.
const shown = (name) => name.replace(/[\u001B\u202D\u202E\u2066]/g, "\uFFFD");

let logs;
let site;
let chromium;

before(async () => {
  logs = mkdtempSync(join(tmpdir(), "site-monitor-hostile-"));
  const folder = join(logs, "<i>&\"'", "長".repeat(80));
  mkdirSync(folder, { recursive: true });
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = NAMES.flatMap((name, at) => [
    `2024-11-01 00:0${at}:00,${quote(name)},正常に稼働中,200`,
    `2024-11-01 00:1${at}:00,${quote(name)},異常,${quote(name)}`,
  ]);
  writeFileSync(join(folder, "x_202411.csv"), ["日時,サイト,状態,ステータスコード", ...rows, ""].join("\n"));
  site = await startSite(logs);
  chromium = await startBrowser();
});

afterEach(() => chromium.closePages());

after(async () => {
  await chromium?.stop();
  site?.stop();
  rmSync(logs, { recursive: true, force: true });
});

const company = encodeURIComponent("<i>&\"'");
const pages = ["", `?company=${company}`, `?company=${company}&site=${encodeURIComponent("長".repeat(80))}`, "?year_month=202411"];

for (const width of [320, 1440]) {
  for (const [at, path] of pages.entries()) {
    test(`hostile names are only text at ${width} px on page ${at + 1}`, async () => {
      const page = await openPage(chromium.browser, site, { viewport: { width, height: 900 } });
      page.on("dialog", () => page.complaints.push("a dialog"));
      await page.goto(site.address + path);
      // The scripts have been at work; the bars of a site are links.
      await page.waitForFunction(() => document.querySelector("svg[role=slider], .three a"));
      const main = await page.locator("main").textContent();
      for (const name of NAMES) assert.ok(main.includes(shown(name)), name);
      assert.doesNotMatch(main, /[\u001B\u202A-\u202E\u2066-\u2069]/);
      assert.equal(await page.locator("main img, main script").count(), 0);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0);
      assert.deepEqual(page.complaints, []);
    });
  }
}
