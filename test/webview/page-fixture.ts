import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../host/browser.mjs";
import { openPage, type OpenPage, type PageOptions } from "./open-page.ts";

/** A built page in a real browser: one at a time, which is closed behind each test. */
export interface PageFixture {
  open(options: PageOptions): Promise<Page>;
  /** What the page had the host do, in its order; empty before each test. */
  readonly acted: string[];
  /** What the content security policy kept from happening, but for what is known. */
  violations(): readonly string[];
  /** What the page last gave to be remembered. */
  remembered(): unknown;
  /** Holds the page, or a part of it, to axe's rules, and the page to its policy. */
  assertAccessible(page: Page, part?: string): Promise<void>;
}

/** Starts the browser for the `describe` that calls it. */
export function pageFixture(): PageFixture {
  let browser: Browser;
  let opened: OpenPage | undefined;
  const acted: string[] = [];
  before(async () => {
    await mkdir("out/screenshots", { recursive: true });
    browser = await launchBrowser();
  });
  after(() => browser.close());
  beforeEach(() => {
    acted.length = 0;
  });
  afterEach(async () => {
    await opened?.page.close();
    opened = undefined;
  });
  /** The toolkit asks once, by an empty style element, whether the browser knows `:focus-visible`; the policy forbids it, and nothing is lost. */
  const violations = (): readonly string[] => [...(opened?.violations ?? [])].filter((violation, index, all) => !(violation === "style-src-elem inline " && all.indexOf(violation) === index));
  return {
    acted,
    violations,
    remembered: () => opened?.remembered(),
    async open(options) {
      opened = await openPage(browser, options);
      return opened.page;
    },
    async assertAccessible(page, part = "html") {
      assert.deepEqual(violations(), []);
      await page.evaluate(await readFile("node_modules/axe-core/axe.min.js", "utf8"));
      const found = await page.evaluate((selector) => (window as unknown as { axe: { run(context: string): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe.run(selector), part);
      assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`), []);
    },
  };
}
