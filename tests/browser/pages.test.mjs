// Every page, in both languages: valid HTML, and nothing axe-core can find.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { HtmlValidate } from "html-validate";
import { openPage, startBrowser, startSite } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const PAGES = ["", "?company=analyzegear", "?company=analyzegear&site=site2", "?company=hoshizora&site=shop&year_month=202411", "?year_month=1999", "?check=1", "?company=nobody", "no/such/page"];

let site;
let chromium;

before(async () => {
  site = await startSite();
  chromium = await startBrowser();
});

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

    for (const colorScheme of ["light", "dark"]) {
      test(`/${path} in ${lang}, ${colorScheme}, is accessible`, async () => {
        // The page's own policy forbids the script that does the looking.
        const page = await openPage(chromium.browser, site, { colorScheme, bypassCSP: true });
        await page.goto(address(path, lang));
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => axe.run());
        const found = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(" ")}`);
        assert.deepEqual(found, []);
        await page.context().close();
      });
    }
  }
}
