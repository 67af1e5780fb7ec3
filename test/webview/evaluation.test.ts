import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { analyseReport } from "../../src/evaluation/analyse-report.ts";
import { chrfMetric } from "../../src/evaluation/metrics/chrf.ts";
import { exactMatchMetric } from "../../src/evaluation/metrics/exact-match.ts";
import { createPlanReport, type PlanReport } from "../../src/evaluation/plan-report.ts";
import { createReport, type Report } from "../../src/evaluation/report.ts";
import type { Outcome } from "../../src/evaluation/ask.ts";
import { createPanelHandlers, type ShownReport } from "../../src/editor/evaluation/panel-handlers.ts";
import type { ReviewEntry } from "../../src/evaluation/review/review-entry.ts";
import type { SavedReport } from "../../src/evaluation/saved-report.ts";
import { notTold } from "../../src/evaluation/score-references.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { Corrected, CorrectionRequest, EvaluationPanel } from "../../src/protocol/evaluation-panel.ts";
import { accessReport } from "../support/report-access.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";

const labels = ["card_arrival", "lost_or_stolen_card", "exchange_rate", "change_pin", "top_up_failed"] as const;
const questions = ["Where is the card that I ordered two weeks ago?", "Somebody took my card, what now?", "Which rate do you use for dollars?", "How do I choose another PIN while I am abroad?", "Why was my top-up turned down?"] as const;
const system = `Label the bank customer's question. Answer with one label only: ${labels.join(", ")}.`;
const says = (text: string, finishReason = "stop"): Outcome => ({ text, finishReason });
const [light, dark] = themes as readonly [Theme, Theme, ...Theme[]];

type Answers = (index: number, reference: string) => readonly [base: Outcome, tuned: Outcome];

function makeReport(number: number, answers: Answers, refused: { line: number; reason: string }[] = []): Report {
  return createReport(
    {
      createdAt: "2026-03-04T10:11:12.000Z",
      dataset: { path: "banking-test.jsonl", sha256: "5f".repeat(32), refused },
      training: { path: "banking-train.jsonl", sha256: "a1".repeat(32) },
      models: { provider: "local", base: "smollm2-135m-instruct", tuned: "ft:smollm2-135m-instruct:banking:7c1e", job: "ftjob-7c1e" },
      options: { temperature: 0, maximumTokens: 64, seed: 0 },
    },
    exactMatchMetric,
    Array.from({ length: number }, (_, index) => {
      const reference = labels[index % labels.length] ?? "";
      const [base, tuned] = answers(index, reference);
      return { record: { line: index + 1, prompt: [{ role: "system", content: system }, { role: "user", content: `${questions[index % questions.length]} (${index + 1})` }], reference }, base, tuned };
    }),
  );
}

const better = makeReport(100, (index, reference) => [says(index % 10 === 5 ? reference : index % 3 === 0 ? `The customer asks about ${reference}, so the right label would be` : "card_arrival, lost_or_stolen_card, exchange_rate", index % 3 === 0 ? "length" : "stop"), says(index % 14 === 3 ? "request_refund" : reference)]);
const unsure = makeReport(40, (index, reference) => [says(index % 2 === 0 ? reference : "no"), says(index % 5 < 3 ? ` ${reference}\n` : "")]);
const worse = makeReport(60, (index, reference) => [says(index % 5 > 0 ? reference : "x"), says(index % 4 === 0 ? reference : "y")]);
const incomplete = makeReport(30, (index, reference) => [index === 4 ? { failure: "The service answered 429: too many requests." } : says("x"), says(index % 2 === 0 ? reference : "z")], [{ line: 31, reason: "the line is not valid JSON" }]);
const hostile = makeReport(8, (_, reference) => [says('<img src=x onerror="window.attacked=true"></script><script>window.attacked=true</script>\u2028line\u2029\u0000\u202Eevil'), says(reference)]);

/** A plan of four candidates that are right on so many of the records, from the first on, and a fifth of the records of another system prompt. */
function makePlan(number: number, right: readonly [number, number, number, number] = [10, 55, 60, 96]): PlanReport {
  const names = ["base", "shown", "looked up", "tuned"] as const;
  return createPlanReport(
    {
      createdAt: "2026-03-04T10:11:12.000Z", plan: "plans/banking.eval.jsonc", dataset: { path: "banking-test.jsonl", sha256: "5f".repeat(32), refused: [] }, training: { path: "banking-train.jsonl", sha256: "a1".repeat(32) },
      candidates: [
        { name: names[0], service: "local", model: "smollm2-135m-instruct", price: { input: 0.15, output: 0.6, dated: "2026-03-01" } }, { name: names[1], service: "local", model: "smollm2-135m-instruct", fewShot: 4 },
        { name: names[2], service: "Acme", model: "smollm2-135m-instruct", retrieval: 4 }, { name: names[3], service: "local", model: "ft:banking", tuned: true },
      ],
      options: { temperature: 0, maximumTokens: 64, seed: 0 },
    },
    exactMatchMetric,
    Array.from({ length: number }, (_, index) => {
      const reference = labels[index % labels.length] ?? "";
      const outcomes = right.map((share, candidate) => ({ text: (index * 7) % 100 < share ? reference : labels[(index + candidate + 1) % labels.length] ?? "", finishReason: "stop", promptTokens: 40 + 100 * candidate, answerTokens: 4, milliseconds: 120 + ((index * 13) % 40) + 30 * candidate, likelihood: candidate === 2 ? { untold: notTold } : { logprob: candidate - 6 - (index % 5) / 10, tokens: 3 } }));
      return { record: { line: index + 1, prompt: [{ role: "system", content: index % 5 === 0 ? "Be terse." : system }, { role: "user", content: `${questions[index % questions.length]} (${index + 1})` }], reference }, outcomes };
    }),
    [chrfMetric],
  );
}

describe("evaluation page", () => {
  const { open, acted, violations, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<EvaluationPanel>;

  const shownAs = (report: SavedReport): ShownReport => ({ report: accessReport(report), address: "file:///workspace/.tunesmith/evaluations/report.json", providerTitle: (id) => (id === "local" ? "Local engine" : id), moved: async () => moved, analysis: async () => analyseReport(report) });
  let current: ShownReport;
  /** What was corrected so far; the host's answer to the next correction. */
  let moved: { line: number; into: string }[] = [];
  let reviews = new Map<string, readonly ReviewEntry[]>();
  let answering: (request: CorrectionRequest) => Promise<Corrected | undefined>;

  async function show(report: SavedReport, options: { theme?: Theme; remembered?: unknown; width?: number } = {}): Promise<Page> {
    current = shownAs(report);
    moved = [];
    reviews = new Map();
    answering = async ({ line, answer, as }) => {
      acted.push(`${as.kind} ${line} ${answer}${as.kind === "preference" ? ` not ${as.rejected}` : ""}`);
      moved = [{ line, into: "train.jsonl" }];
      host.emit("corrected", null);
      return { line, words: `Line ${line} is in train.jsonl.` };
    };
    const page = await open({
      name: "evaluation", theme: options.theme ?? light, ...options,
      attach: (port) => {
        host = serve<EvaluationPanel>(port, createPanelHandlers(async () => current, {
          openRecord: async (_, line) => void acted.push(`record ${line}`), openReport: async () => void acted.push("open"),
          exportReport: async () => void acted.push("export"), evaluateAgain: async () => void acted.push("again"),
          correct: (_report, _record, request) => answering(request), startNextRun: async () => void acted.push("next run"),
          reviewer: async () => "ann", reviews: async () => reviews, keepReview: async (entry) => void reviews.set(entry.by, [...(reviews.get(entry.by) ?? []), entry]),
        }));
      },
    });
    await page.waitForSelector(".record h3:visible, .empty:not(:empty):visible, .review");
    await page.waitForSelector(".verdict");
    return page;
  }

  /** The lines that are in sight, in the order of the list. */
  const lines = (page: Page): Promise<string[]> => page.locator(".list .row").evaluateAll((rows) => rows.sort((one, other) => Number(one.getAttribute("aria-posinset")) - Number(other.getAttribute("aria-posinset"))).map((row) => row.querySelector(".number")?.textContent ?? ""));
  /** The first record of another list is shown. */
  const comesTo = (page: Page, line: string | number) => page.getByRole("heading", { name: `Line ${line}`, exact: true }).waitFor();
  const lengthOf = (page: Page): Promise<number> => page.locator(".list .row").first().getAttribute("aria-setsize").then(Number);
  const names = (page: Page): Promise<string[]> => page.locator(".columns span").allTextContents();

  // The page of a plan, which has all that this one has, is held to the rules in every theme.
  it("has no accessibility violation and breaks no policy", async () => {
    const page = await show(worse, { theme: light });
    await page.locator("details").evaluateAll((all) => all.forEach((each) => (each as HTMLDetailsElement).open = true));
    await page.getByLabel("Differences from").selectOption("reference");
    await page.waitForSelector(".record ins, .record del");
    await assertAccessible(page);
    await page.getByRole("radio", { name: "JSON" }).check();
    await assertAccessible(page, ".record");
  });

  it("says the verdict in words, with the numbers it rests on", async () => {
    const page = await show(better);
    assert.equal(await page.locator(".verdict h2").textContent(), "The tuned model is better");
    assert.equal((await page.locator(".verdict p").textContent())?.replaceAll("\u00a0", " "), better.summary.verdict.words);
    assert.match(await page.locator(".chart-plot").first().getAttribute("aria-label") ?? "", /^Accuracy\. Tuned 93\.0 %, 95 % interval 86\.3 % to 96\.6 %; Base 10\.0 %, /);
    assert.match(await page.locator(".chart-plot").nth(1).getAttribute("aria-label") ?? "", /the interval excludes zero\.$/);
    assert.deepEqual(await page.locator(".counts tbody td b").allTextContents(), ["9", "84", "1", "6"]);
  });

  it("shows cannot tell, worse and incomplete evaluations as what they are", async () => {
    for (const [name, report, headline] of [["unsure", unsure, "Cannot tell which model is better"], ["worse", worse, "The tuned model is worse"], ["incomplete", incomplete, "The tuned model is better"]] as const) {
      const page = await show(report, { theme: dark });
      assert.equal(await page.locator(".verdict h2").textContent(), headline);
      assert.doesNotMatch(await page.locator("main").innerText(), /NaN|Infinity|null|undefined/);
      await page.screenshot({ path: `out/screenshots/evaluation-${name}.png` });
      await page.close();
    }
  });

  it("says undefined where nothing was answered, and never a number", async () => {
    const page = await show(makeReport(2, () => [{ failure: "no" }, says("x")]));
    assert.equal(await page.locator(".figures tbody td").nth(1).textContent(), "undefined");
    assert.doesNotMatch(await page.locator("main").innerText(), /NaN|Infinity|null/);
  });

  it("offers to ask what is missing, and says what failed", async () => {
    const page = await show(incomplete);
    await page.getByRole("button", { name: "Ask what is missing" }).click();
    await page.getByRole("radio", { name: "No answer 1" }).check();
    await comesTo(page, 5);
    assert.match(await page.locator(".list .row").innerText(), /–\s*no answer:\s*The service answered 429/);
    assert.match(await page.locator(".record").innerText(), /no answer\s+The service answered 429/);
    assert.deepEqual(acted, ["again"]);
  });

  it("shows hostile content as text", async () => {
    const page = await show(hostile);
    assert.equal(await page.evaluate(() => "attacked" in window), false);
    assert.equal(await page.locator(".record-list img, .record-list script").count(), 0);
    assert.match(await page.locator(".record .text", { hasText: "<img" }).textContent() ?? "", /^<img src=x onerror="window\.attacked=true"><\/script><script>/);
    await page.getByLabel("Differences from").selectOption("reference");
    await page.locator(".record ins", { hasText: "onerror" }).first().waitFor();
    for (const name of ["Conversation", "JSON"]) {
      await page.getByRole("radio", { name }).check();
      await page.locator(".record .text", { hasText: "<img" }).first().waitFor();
    }
    assert.equal(await page.evaluate(() => "attacked" in window), false);
    assert.deepEqual(violations(), []);
  });

  it("lists what tuning broke first, in another order when it is asked to, what a filter and a search leave", async () => {
    const page = await show(makeReport(230, (index, reference) => [says(index % 2 === 0 ? reference : "x"), says(index % 6 === 0 ? "a much longer answer than all others" : reference)]));
    await comesTo(page, 1);
    assert.deepEqual((await lines(page)).slice(0, 3), ["1", "7", "13"]);
    await page.getByRole("radio", { name: "Models disagree 154" }).check();
    await page.waitForFunction(() => document.querySelector(".list .row")?.getAttribute("aria-setsize") === "154");
    await page.getByRole("combobox", { name: /^First/ }).selectOption("line");
    await page.waitForFunction(() => [...document.querySelectorAll(".list .row .number")].slice(0, 3).map(({ textContent }) => textContent).join() === "1,2,4");
    await page.getByRole("searchbox").fill("PIN while I am abroad? (4)");
    await comesTo(page, 4);
    assert.deepEqual(await lines(page), ["4"]);
    await page.getByRole("searchbox").fill("nothing has this");
    await page.getByText("No record is of this kind.").waitFor();
    await page.getByRole("searchbox").fill("");
    await comesTo(page, 1);
    assert.match(await page.locator("[aria-live=polite]").textContent() ?? "", /^154 records$/);
  });

  it("shows answers as changes of the reference or of each other, word by word, and says when they are too long for it", async () => {
    const page = await show(makeReport(12, (_, reference) => [says(`the label is ${reference}`), says(`the label was ${reference} indeed`)]));
    await page.getByLabel("Differences from").selectOption({ label: "Base answer" });
    await page.waitForSelector(".record ins");
    assert.deepEqual(await page.locator(".record del").allTextContents(), ["is"]);
    assert.deepEqual((await page.locator(".record ins").allTextContents()).map((text) => text.trim()), ["was", "indeed"]);
    await page.keyboard.press("Escape");
    assert.deepEqual((remembered() as { from: unknown }).from, 0);
    await page.close();
    const words = (seed: number): string => Array.from({ length: 60_000 }, (_, index) => ((index + 1) * seed * 2_654_435_761 % 4_294_967_296).toString(36)).join(" ");
    const long = await show(makeReport(1, () => [says(words(7)), says(words(11))]), { remembered: { report: "x", from: 0 } });
    await long.getByText("Too long and too different to be compared word by word.").waitFor();
  });

  it("is worked by the keyboard alone", async () => {
    const page = await show(better);
    const reached: string[] = [];
    await page.waitForSelector(".slices");
    while (reached.length < 150 && reached.at(-1) !== "Records") {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.getAttribute("value") ?? document.activeElement?.textContent ?? document.activeElement?.tagName ?? ""));
    }
    assert.deepEqual(reached.slice(0, 2), ["Open JSON", "Export…"]);
    assert.deepEqual(reached.filter((name) => ["How sure is this?", "Settings", "Table of slices", "Confusion matrix of Tuned"].includes(name)).length, 4);
    assert.match(reached.slice(-4).join("; "), /^Search questions, references and answers; Compare Blind; Rate Blind; Records$/);
    const [first, second = ""] = await lines(page);
    await comesTo(page, first ?? "");
    await page.keyboard.press("ArrowDown");
    await comesTo(page, second);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), `Record of line ${second}`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.locator(".record .message h3", { hasText: "system" }).waitFor();
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), "conversation", "the keyboard stays where it was");
    await page.keyboard.press("o");
    for (let turn = 0; turn < 100 && acted.length < 1; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("type")), "search");
    await page.getByRole("button", { name: "Open JSON" }).press("Enter");
    await page.getByRole("button", { name: "Export…" }).press("Enter");
    for (let turn = 0; turn < 100 && acted.length < 3; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(acted, [`record ${second}`, "open", "export"]);
  });

  it("keeps list and place over a reload, and the report for the host", async () => {
    const kept = { filter: "disagree", order: "line", search: "", place: 3, reading: "conversation" };
    const page = await show(unsure, { remembered: { report: "x", ...kept } });
    assert.equal(await lengthOf(page), unsure.summary.counts.only_baseline + unsure.summary.counts.only_candidate);
    assert.equal(await page.locator(".row[aria-selected=true]").getAttribute("aria-posinset"), "4");
    await page.locator(".record .message h3", { hasText: "system" }).waitFor();
    assert.deepEqual(remembered(), { report: "file:///workspace/.tunesmith/evaluations/report.json", ...kept });
  });

  it("follows the report when its file changes, and shows what the host could not do", async () => {
    const page = await show(unsure);
    current = shownAs(better);
    host.emit("changed", null);
    await page.getByRole("heading", { name: "The tuned model is better" }).waitFor();
    await page.evaluate(() => window.postMessage({ type: "failure", id: 2, message: "late" }, "*"));
    await page.close();
    const again = await open({ name: "evaluation", theme: light, attach: (port) => serve<EvaluationPanel>(port, createPanelHandlers(() => Promise.reject(new Error("Cannot read report.json: there is no such file.")), {} as never)) });
    await again.getByRole("alert").getByText("Cannot read report.json: there is no such file.").waitFor();
  });

  describe("where records are corrected", () => {
    const areaOf = (page: Page) => page.getByRole("textbox", { name: "Corrected answer" });

    it("opens by one key on a record, takes answers by keys, and adds a training record: all by the keyboard", async () => {
      const page = await show(better);
      const [line] = await lines(page);
      await page.getByRole("listbox", { name: "Records" }).focus();
      await page.keyboard.press("c");
      await areaOf(page).waitFor();
      await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
      const reference = await areaOf(page).inputValue();
      assert.ok((labels as readonly string[]).includes(reference));
      await page.keyboard.press("Alt+3");
      assert.equal(await areaOf(page).inputValue(), "request_refund");
      await page.keyboard.press("Alt+1");
      await page.keyboard.press("End");
      await page.keyboard.type("_now");
      assert.equal(await page.getByRole("radio", { name: "Tuned answer" }).isChecked(), true, "the tuned model's wrong answer is the one to reject");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("status").getByText(`Line ${line} is in train.jsonl.`).waitFor();
      assert.deepEqual(acted, [`training ${line} ${reference}_now`]);
      assert.equal(await areaOf(page).count(), 0);
      await page.getByText("→ moved to train.jsonl").waitFor();
      await page.getByRole("button", { name: "Start Next Run (1 corrected)" }).press("Enter");
      for (let turn = 0; turn < 100 && acted.length < 2; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.equal(acted[1], "next run");
    });

    it("makes a pair of the corrected and a chosen answer, and keeps what was written when the user turns away or the host refuses", async () => {
      const page = await show(better);
      const [line] = await lines(page);
      await page.getByRole("button", { name: /^Correct/ }).click();
      await areaOf(page).fill("<b>mine</b>");
      await page.getByRole("radio", { name: "Base answer" }).check();
      answering = async () => undefined;
      await areaOf(page).press("Control+Shift+Enter");
      await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA" && !(document.activeElement as HTMLTextAreaElement).disabled);
      answering = async () => { throw new Error("banking-test.jsonl has changed since this evaluation."); };
      await page.getByRole("button", { name: "Add as Preference Pair" }).click();
      await page.getByRole("alert").getByText("has changed since this evaluation").waitFor();
      assert.equal(await areaOf(page).inputValue(), "<b>mine</b>");
      answering = async ({ answer, as }) => { acted.push(`${answer} ${as.kind} ${as.kind === "preference" ? as.rejected : ""}`); return undefined; };
      await areaOf(page).press("Control+Shift+Enter");
      for (let turn = 0; turn < 100 && acted.length < 1; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(acted, ["<b>mine</b> preference 0"]);
      await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA" && !(document.activeElement as HTMLTextAreaElement).disabled);
      await page.keyboard.press("Escape");
      await areaOf(page).waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "listbox", "the keyboard is back at the records");
      await comesTo(page, line ?? "");
    });

    it("keeps a draft over a reload, with the record that it is of", async () => {
      const page = await show(better);
      await page.getByRole("searchbox").fill("abroad? (4)");
      await comesTo(page, 4);
      await page.getByRole("button", { name: /^Correct/ }).click();
      await areaOf(page).fill("half a dra");
      await page.waitForTimeout(50);
      const kept = remembered();
      await page.close();
      const again = await show(better, { remembered: kept });
      await again.getByRole("heading", { name: "Correct line 4" }).waitFor();
      await areaOf(again).waitFor();
      assert.equal(await areaOf(again).inputValue(), "half a dra");
    });
  });

  describe("where people review answers", () => {
    const ended = (page: Page) => page.getByText("Everything is reviewed.");

    it("compares blind by single keys, says what it comes to, and goes back to correct a word", async () => {
      const page = await show(makeReport(7, (_, reference) => [says("base says"), says(reference)]));
      await page.getByRole("button", { name: "Compare Blind" }).click();
      await page.getByText("0 of 7 reviewed by ann").waitFor();
      assert.doesNotMatch(await page.locator(".review").innerText(), /base(?! says)|tuned|smollm|right|wrong/i);
      for (let count = 0; count < 7; count++) {
        await page.getByText(`${count} of 7 reviewed`).waitFor();
        assert.equal(await page.getByText("What people say").count(), 0, "it would tell whose answer was chosen");
        const [first] = await page.locator(".review .answers .text").allTextContents();
        await page.keyboard.press(first === "base says" ? "b" : "a");
      }
      await ended(page).waitFor();
      await page.getByText("To people, Tuned is better: its answer is better on 7 records, that of Base on 0, and 0 are ties.").waitFor();
      assert.deepEqual((remembered() as { review: unknown }).review, "pair");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Compare Blind" }).waitFor();
    });

    it("rates one answer after the other, and rewrites what is shown without a name", async () => {
      const page = await show(makeReport(3, (_, reference) => [says("base says"), says(reference)]), { remembered: { report: "x", review: "rating" } });
      await page.getByText("0 of 6 reviewed by ann").waitFor();
      await page.keyboard.press("4");
      await page.getByText("1 of 6 reviewed").waitFor();
      await page.keyboard.press("p");
      await page.getByRole("button", { name: "4 Good", pressed: true }).waitFor();
      await page.keyboard.press("c");
      await page.getByRole("textbox", { name: "Corrected answer" }).waitFor();
      assert.deepEqual((await page.locator(".correction h3").allTextContents()).slice(-2).map((each) => each.trim().split(" Take")[0]), ["Reference", "Answer"]);
      assert.equal(await page.locator(".correction .mark").count(), 0);
    });
  });

  describe("of a plan", () => {
    const plan = makePlan(100);
    /** With a guard-rail set that became worse, and the question when tuning pays. */
    const beside = (report: PlanReport): PlanReport => {
      const { metric, records } = makePlan(30, [90, 60, 60, 40]);
      const price = { input: 0.15, output: 0.6, dated: "2026-03-01" };
      return {
        ...report, candidates: report.candidates.map((each) => ({ ...each, price })), breakEven: { tuned: "tuned", instead: "looked up", training: 3, requestsPerMonth: 100_000, dated: "2026-03-02" },
        guardRail: { dataset: { path: "general.jsonl", sha256: "0".repeat(64), refused: [] }, metric, records },
      };
    };
    const rowOf = (page: Page, name: string) => page.locator(".candidates tbody tr", { has: page.locator("th", { hasText: name }) });
    const analysed = (page: Page) => page.waitForSelector(".slices");

    for (const theme of themes) {
      it(`has no accessibility violation and breaks no policy: ${theme.name}`, async () => {
        // Axe takes its time for every element.
        const page = await show(beside(makePlan(12)), { theme });
        await analysed(page);
        await page.locator("details").evaluateAll((all) => all.forEach((each) => (each as HTMLDetailsElement).open = true));
        await page.getByLabel("Differences from").selectOption("reference");
        await page.getByRole("button", { name: /^Correct/ }).first().click();
        await page.waitForSelector("textarea");
        await assertAccessible(page);
        await page.screenshot({ path: `out/screenshots/evaluation-correction-${theme.name}.png` });
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Compare Blind" }).click();
        await page.getByText("0 of 12 reviewed").waitFor();
        for (const key of ["a", "t"]) {
          const before = await page.locator(".review .records-head .muted").textContent();
          await page.keyboard.press(key);
          await page.waitForFunction((text) => document.querySelector(".review .records-head .muted")?.textContent !== text, before);
        }
        await page.keyboard.press("p");
        await assertAccessible(page, ".review");
        await page.screenshot({ path: `out/screenshots/evaluation-review-${theme.name}.png` });
        await page.keyboard.press("Escape");
        await page.locator("details").evaluateAll((all) => all.forEach((each) => (each as HTMLDetailsElement).open = false));
        await page.screenshot({ path: `out/screenshots/evaluation-plan-${theme.name}.png`, fullPage: true });
      });
    }

    it("says in words and tables when tuning pays, and whether something else broke", async () => {
      const page = await show(beside(plan));
      await analysed(page);
      const part = (title: string) => page.locator(".card", { has: page.getByRole("heading", { name: title, exact: true }) });
      assert.match(await part("Break-even").innerText(), /Training cost \$3\.00[^]+Tuning never pays|Training cost \$3\.00[^]+Tuning pays after/);
      assert.match(await part("Guard-rail set general.jsonl").innerText(), /tuned[^]+worse/);
      // The mean of 3.0 to 3.4 nats over three tokens.
      assert.match(await part("Perplexity of the references").innerText(), /looked up: not told for 100 references: its service does not tell[^]+base\s+7\.\d{3}\s+300\s+0\.\d{3}\s+baseline[^]+looked up\s+not told[^]+tuned\s+2\.906\s+300\s+0\.\d{3}\s+−0\.\d{3} \(/);
      assert.match(await page.locator(".record").innerText(), /perplexity of the reference \d\.\d{3}/);
    });

    it("says what won, and of every candidate each metric with interval and verdict, time, tokens and cost in one row", async () => {
      const page = await show(plan);
      await analysed(page);
      assert.equal(await page.locator(".verdict h2").textContent(), plan.summary.words);
      assert.match(plan.summary.words, /^Tuning won: tuned is better than base/);
      assert.deepEqual(await page.locator(".candidates thead th").allTextContents(), ["Candidate", "Exact match", "chrF", "Time", "Tokens", "Cost of 1,000"]);
      assert.match(await rowOf(page, "base").innerText(), /base\s+smollm2-135m-instruct at Local engine\s+10\.0 % 5\.5 to 17\.4 % 10 of 100\s+baseline\s+0\.\d{3} 0\.\d{3} to 0\.\d{3}\s+baseline\s+141 ms · 158 ms\s+40 \+ 4\s+\$0\.0084/);
      assert.match(await rowOf(page, "tuned").innerText(), /96\.0 % 90\.2 to 98\.4 % 96 of 100\s+▲ better \+86\.0 points \(\+\S+ to \+\S+\), McNemar p < 0\.0001 \(Holm\)[^]+▲ better[^]+340 \+ 4\s+not known/);
      assert.doesNotMatch(await page.locator("main").innerText(), /NaN|Infinity|null/);
    });

    it("shows any two candidates record by record, keeps the choice over a reload, and says what is no verdict", async () => {
      const page = await show(plan);
      assert.deepEqual(await names(page), ["Line", "Question", "Reference", "base", "shown"]);
      await page.getByLabel("Compare", { exact: true }).selectOption("tuned");
      await page.locator(".columns span", { hasText: "tuned" }).waitFor();
      assert.equal(await page.locator(".chooser + .cards + .warning").count(), 0);
      await page.getByLabel("with", { exact: true }).focus();
      await page.getByLabel("with", { exact: true }).selectOption("looked up");
      await page.getByText("These two were chosen after the answers had come").waitFor();
      await page.locator(".columns span", { hasText: "looked up" }).waitFor();
      assert.deepEqual((remembered() as { pair: unknown }).pair, [2, 3]);
      assert.deepEqual(await page.locator(".counts tbody td b").allTextContents(), ["60", "36", "0", "4"]);
      assert.match(await page.evaluate(() => (document.activeElement as HTMLElement).dataset["key"] ?? ""), /^compare with$/, "the keyboard stays where it was");
      await page.waitForSelector(".record .message");
      assert.deepEqual((await page.locator(".record .answers h3").allTextContents()).slice(-4), ["base", "shown", "looked up", "tuned"]);
      await page.close();
      const again = await show(plan, { remembered: { report: "x", pair: [2, 3] } });
      assert.deepEqual((await names(again)).slice(3), ["looked up", "tuned"]);
      await again.close();
      const fewer = await show(plan, { remembered: { report: "x", pair: [0, 9] } });
      assert.deepEqual((await names(fewer)).slice(3), ["base", "shown"]);
    });

    it("shows the records of a cell of the confusion matrix, and of a slice, and all again", async () => {
      const page = await show(plan, { remembered: { report: "x", pair: [0, 3] } });
      await analysed(page);
      const cell = page.getByRole("button", { name: /^Show the \d+ records? of \w+ that tuned answered \w+$/ }).filter({ hasNotText: /^(1\d|20)$/ }).first();
      const number = Number(await cell.textContent());
      await cell.press("Enter");
      await page.getByText(/^Only records of \w+ that tuned answered \w+\./).waitFor();
      await page.waitForFunction((wanted) => document.querySelector(".list .row")?.getAttribute("aria-setsize") === String(wanted), number);
      await page.getByRole("button", { name: "Show all records" }).click();
      await page.waitForFunction(() => document.querySelector(".list .row")?.getAttribute("aria-setsize") === "100");
      await page.getByRole("button", { name: "Show the 20 records with system prompt Be terse." }).click();
      await page.getByText("Only records with system prompt Be terse.").waitFor();
      await page.waitForFunction(() => document.querySelector(".list .row")?.getAttribute("aria-setsize") === "20");
      assert.ok((await lines(page)).every((line) => Number(line) % 5 === 1));
      assert.match(await page.locator(".slices tbody tr", { hasText: "Be terse." }).innerText(), /20 small/);
    });

    it("offers to run the plan again, and opens and exports its report", async () => {
      const page = await show(plan);
      for (const name of ["Run Again", "Open JSON", "Export…"]) await page.getByRole("button", { name }).press("Enter");
      for (let turn = 0; turn < 100 && acted.length < 3; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(acted, ["again", "open", "export"]);
    });

    it("fits a narrow column beside an editor", async () => {
      const page = await show(plan, { width: 420 });
      await analysed(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
      await page.screenshot({ path: "out/screenshots/evaluation-plan-narrow.png", fullPage: true });
    });
  });

  it("fits a narrow column beside an editor", async () => {
    const page = await show(better, { width: 420 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.screenshot({ path: "out/screenshots/evaluation-narrow.png" });
  });
});
