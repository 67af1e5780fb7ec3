import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { countVerdicts } from "../../src/dataset/every-target.ts";
import type { TargetName } from "../../src/dataset/targets/target.ts";
import { createPanelHandlers } from "../../src/editor/targets/panel-handlers.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { TargetsPanel, TargetTable } from "../../src/protocol/targets-panel.ts";
import { checkEveryTarget } from "../../src/workers/check-every-target.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";

const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const text = [...Array.from({ length: 60 }, (_, index) => chat(`Question ${index}`)), chat("x").replace("}]}", '}],"<img src=x onerror=\\"window.attacked=true\\">":"n"}'), `${chat("y")},`].join("\n");

function tableOf(dataset: string, current: TargetName = "openai/sft"): TargetTable {
  const every = checkEveryTarget({ text: dataset, origin: { encoding: "utf-8", byteOrderMark: false } });
  return { file: "file:///workspace/train.jsonl", name: "train.jsonl", current, every, counts: countVerdicts(every) };
}

describe("page of the targets", () => {
  const table = tableOf(text);
  const { open, acted, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<TargetsPanel>;

  async function show(given: () => Promise<TargetTable>, options: { theme?: Theme; width?: number; checkAgain?: () => Promise<void> } = {}): Promise<Page> {
    const page = await open({
      name: "targets", theme: options.theme ?? (themes[0] as Theme), ...(options.width === undefined ? {} : { width: options.width }),
      attach: (port) => {
        host = serve<TargetsPanel>(port, createPanelHandlers(given, {
          checkAgain: options.checkAgain ?? (async () => void acted.push("again")), choose: async (target) => void acted.push(`choose ${target}`),
          open: async ({ line, character }) => void acted.push(`open ${line}:${character}`), showRule: async (rule) => void acted.push(`rule ${rule}`),
        }));
      },
    });
    await page.waitForSelector("tbody tr, .failure:not(:empty)");
    return page;
  }

  const row = (page: Page, target: TargetName) => page.locator(`tr[data-target="${target}"]`);
  const untilActed = async (page: Page, number: number): Promise<void> => {
    for (let turn = 0; turn < 100 && acted.length < number; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
  };

  for (const theme of themes) {
    it(`has no accessibility violation and breaks no policy: ${theme.name}`, async () => {
      const page = await show(async () => table, { theme });
      await assertAccessible(page);
      await page.screenshot({ path: `out/screenshots/targets-${theme.name}.png` });
    });
  }

  it("tells of every target whether it takes the dataset, the best first, and why not", async () => {
    const page = await show(async () => table);
    assert.deepEqual(await page.locator("tbody tr").evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset["target"])), table.every.targets.map(({ target }) => target));
    assert.match(await row(page, "openai/sft").innerText(), /after safe fixes\s+2 errors/);
    assert.match(await row(page, "openai/dpo").innerText(), /no\s+.*wrong-format, line \d+/s);
    assert.match(await page.locator(".counts").innerText(), /^\d+ of 26 targets take it: .*after safe fixes; \d+ do not\.$/);
    assert.equal(await row(page, "openai/sft").getAttribute("aria-current"), "true");
    assert.equal(await row(page, "openai/sft").getByText("chosen").count(), 1);
    assert.doesNotMatch(await page.locator("main").innerText(), /NaN|null|undefined/);
  });

  it("shows what stands in the dataset as text", async () => {
    const page = await show(async () => table);
    assert.match(await row(page, "together/sft").innerText(), /<img src=x/);
    assert.equal(await page.locator("tbody img").count(), 0);
    assert.equal(await page.evaluate(() => "attacked" in window), false);
  });

  it("is worked by the keyboard alone: a target is chosen, a place and a rule opened", async () => {
    const page = await show(async () => table);
    await page.getByRole("button", { name: "Choose TRL supervised fine-tuning" }).press("Enter");
    await row(page, "openai/sft").getByRole("button", { name: /^Open line 62, where invalid-json/ }).press("Enter");
    await row(page, "openai/sft").getByRole("button", { name: "Show the rule invalid-json" }).press("Enter");
    await untilActed(page, 3);
    const at = text.split("\n")[61]?.length ?? 0;
    assert.deepEqual(acted, ["choose trl/sft", `open 61:${at - 1}`, "rule invalid-json"]);
    host.emit("changed", { ...table, current: "trl/sft" });
    await row(page, "trl/sft").getByText("chosen").waitFor();
    assert.equal(await row(page, "openai/sft").getByRole("button", { name: "Choose OpenAI supervised fine-tuning" }).count(), 1);
    // What had the focus is still there and has it again.
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-key")), "rule openai/sft invalid-json");
  });

  it("checks again, says so meanwhile, and shows what was found", async () => {
    let finish = (): void => undefined;
    const page = await show(async () => table, { checkAgain: () => new Promise((resolve) => (finish = resolve)) });
    await page.locator("vscode-button", { hasText: "Check Again" }).click();
    await page.locator("vscode-button[disabled]", { hasText: "Checking…" }).waitFor();
    host.emit("changed", tableOf(text.split("\n").slice(0, 60).join("\n")));
    await page.locator("tr[data-target='openai/sft'] .verdict.taken").waitFor();
    finish();
    await page.locator("vscode-button:not([disabled])", { hasText: "Check Again" }).waitFor();
    assert.match(await page.locator("[aria-live=polite]").textContent() ?? "", /targets take it: \d+ as it is/);
    assert.deepEqual(remembered(), { file: "file:///workspace/train.jsonl" });
  });

  it("says what the host could not do, and how a large dataset was judged", async () => {
    const failed = await show(() => Promise.reject(new Error("Cannot read train.jsonl: there is no such file.")));
    await failed.getByRole("alert").getByText("Cannot read train.jsonl").waitFor();
    await failed.close();
    const page = await show(async () => ({ ...table, every: { ...table.every, judgedBy: "counting" } }));
    assert.match(await page.locator("main").innerText(), /too large, or its bytes too damaged/);
  });

  it("fits a narrow column beside an editor, where nothing scrolls sideways, and is a table still", async () => {
    const page = await show(async () => table, { width: 420 });
    assert.deepEqual(await page.evaluate(() => ["html", ".scroll"].filter((selector) => {
      const { scrollWidth = 0, clientWidth = 0 } = document.querySelector(selector) ?? {};
      return scrollWidth > clientWidth;
    })), []);
    for (const box of await page.getByRole("button").evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().right))) assert.ok(box <= 420, `a button ends at ${box}`);
    const row = page.getByRole("table").getByRole("row").nth(1);
    assert.deepEqual([await page.getByRole("columnheader").count(), await row.getByRole("rowheader").count(), await row.getByRole("cell").count()], [4, 1, 3]);
    await assertAccessible(page);
    await page.screenshot({ path: "out/screenshots/targets-narrow.png" });
  });
});
