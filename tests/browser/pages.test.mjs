// Every page, in both languages: valid HTML, and nothing axe-core can find.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { HtmlValidate } from "html-validate";
import { openPage, startBrowser, startSite } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const PAGES = [
  "",
  "?company=analyzegear",
  "?q=nothing&state=attention",
  "?company=analyzegear&site=site2",
  "?company=analyzegear&site=site1&date=20241108",
  "?company=hoshizora&site=shop&year_month=202411",
  "?year_month=202411",
  "?year_month=2024",
  "?company=analyzegear&from=20241028&to=20241103",
  "?year_month=1999",
  "?check=1",
  "?company=nobody",
  "?date=yesterday",
  "no/such/page",
];

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

const address = (path, lang) => `${site.address}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`;

for (const path of PAGES) {
  for (const lang of ["ja", "en"]) {
    test(`/${path} in ${lang} is valid HTML`, async () => {
      const html = await (await fetch(address(path, lang))).text();
      const validator = new HtmlValidate({
        extends: ["html-validate:standard"],
        // The pages write `<meta>` and "&" in attributes as HTML has them; long titles come
        // from folder names.
        rules: { "long-title": "off" },
      });
      const report = await validator.validateString(html);
      const faults = report.results.flatMap((result) => result.messages.map((m) => `${m.line}:${m.column} ${m.message} (${m.ruleId})`));
      assert.deepEqual(faults, []);
    });

    test(`/${path} in ${lang} is accessible in light and dark, wide and narrow`, async () => {
      // The page's own policy forbids the script that does the looking.
      const page = await openPage(chromium.browser, site, { bypassCSP: true });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address(path, lang));
        await page.evaluate(AXE);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          // What the colours do not change has been looked at in light.
          const only = colorScheme === "dark" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
          const { violations } = await page.evaluate((only) => axe.run(only), only);
          const found = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(" ")}`);
          assert.deepEqual(found, [], `${colorScheme}, ${width} px`);
        }
      }
      const complaints = page.complaints.filter((one) => !one.startsWith("Failed to load resource"));
      assert.deepEqual(complaints, []);
    });

    test(`/${path} in ${lang} has tables for assistive technology at 360 px too`, async () => {
      const page = await openPage(chromium.browser, site, { viewport: { width: 360, height: 800 } });
      await page.goto(address(path, lang));
      // Safari takes an element's own role from it with `display`; a role that is written stays.
      const lost = await page.evaluate(() => {
        const OWN = { TABLE: ["table"], "TABLE-CAPTION": [], TBODY: ["table-row-group"], TR: ["table-row"], TD: ["table-cell"], TH: ["table-cell"] };
        const tables = [...document.querySelectorAll("main table")];
        const changed = (table) => [table, ...table.querySelectorAll("tbody, tbody tr, tbody td, tbody th")].some((one) => {
          const { display } = getComputedStyle(one);
          return display !== "none" && !OWN[one.tagName].includes(display);
        });
        const parts = (table) => [table, ...table.querySelectorAll("thead, tbody, tr, th, td")];
        return tables.filter(changed).flatMap((table) => parts(table).filter((one) => !one.hasAttribute("role")).map((one) => one.outerHTML.slice(0, 80)));
      });
      assert.deepEqual(lost, []);
      const cells = (page) => page.locator("main tbody tr:visible > :is(td, th):visible").count();
      const roles = ["cell", "rowheader"].map((role) => page.locator("main tbody").getByRole(role).count());
      const [cell, rowheader] = await Promise.all(roles);
      assert.equal(cell + rowheader, await cells(page));
      assert.equal(await page.locator("main").getByRole("table").count(), await page.locator("main table:visible").count());
      assert.equal(await page.locator("main tbody").getByRole("row").count(), await page.locator("main tbody tr:visible").count());
    });
  }
}

for (const path of PAGES) {
  test(`/${path} never scrolls sideways`, async () => {
    const page = await openPage(chromium.browser, site);
    for (const width of [320, 360, 768, 1024, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      for (const lang of ["ja", "en"]) {
        await page.goto(address(path, lang));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${lang}, ${width} px`);
      }
    }
  });
}
