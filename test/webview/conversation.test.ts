import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { readChat } from "../../src/dataset/insight/chat.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { createConversationHandlers } from "../../src/editor/conversations/panel-handlers.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { ConversationPanel, ShownRecord } from "../../src/protocol/conversation-panel.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";

const words = (text: string): number => text.split(/\s+/).length;
const tool = { type: "function", function: { name: "price", description: "Looks up a price.", parameters: { type: "object", properties: { symbol: { type: "string" } }, required: ["symbol"] } } };
const pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const record = {
  messages: [
    { role: "system", content: "You are a broker." },
    { role: "user", content: [{ type: "text", text: "What is it?\n<img src=x onerror=\"window.attacked=true\">" }, { type: "image_url", image_url: { url: pixel } }, { type: "image_url", image_url: { url: "https://example.com/a.png" } }] },
    { role: "assistant", tool_calls: [{ id: "call_1", type: "function", function: { name: "price", arguments: '{"symbol": "ACME"}' } }, { id: "call_2", type: "function", function: { name: "price", arguments: '{"amount": 1}' } }] },
    { role: "tool", tool_call_id: "call_1", content: "17" },
    { role: "assistant", content: "It is 17.", weight: 0 },
    { role: "assistant", content: "It costs 17." },
  ],
  tools: [tool],
  label: "<b>x</b>",
};

function shownAt(line: number, target = openaiSft): ShownRecord {
  const chat = readChat(JSON.stringify(record), target, words);
  return { file: "file:///workspace/train.jsonl", name: "train.jsonl", line, target: target.title, counted: { encoding: "o200k_base", exact: true }, ...(chat ? { chat } : {}) };
}

describe("page of a conversation", () => {
  const { open, acted, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<ConversationPanel>;

  async function show(shown: ShownRecord = shownAt(2), options: { theme?: Theme; width?: number } = {}): Promise<Page> {
    const page = await open({
      name: "conversation", theme: options.theme ?? (themes[0] as Theme), images: true, ...(options.width === undefined ? {} : { width: options.width }),
      attach: (port) => {
        host = serve<ConversationPanel>(port, createConversationHandlers(async () => shown, {
          edit: async () => void acted.push("edit"),
          async step(direction) {
            if (direction === "previous") throw new Error("This is the first record of train.jsonl.");
            acted.push(direction);
          },
        }));
      },
    });
    await page.waitForSelector("h1");
    return page;
  }

  for (const theme of themes) {
    it(`has no accessibility violation and breaks no policy: ${theme.name}`, async () => {
      const page = await show(shownAt(2, { ...openaiSft, tokens: { limit: 60, beyond: "cut" } }), { theme });
      await assertAccessible(page);
      await page.screenshot({ path: `out/screenshots/conversation-${theme.name}.png`, fullPage: true });
    });
  }

  it("shows who says what, what is called and whether it fits, and what is learnt", async () => {
    const page = await show();
    const turn = (number: number) => page.locator(".turn").nth(number).innerText();
    assert.match(await page.locator("header").innerText(), /train\.jsonl, line 3.*OpenAI chat · for OpenAI supervised fine-tuning · \d+ tokens \(counted in o200k_base; without tool definitions and pictures\)/s);
    assert.match(await turn(0), /system.*\d+ tokens.*○ masked.*You are a broker\./s);
    assert.match(await turn(2), /calls\s+price\s+call_1\s+✓ fits its parameters.*"symbol": "ACME".*call_2\s+✗ does not fit its parameters.*has no "symbol", which is required/s);
    assert.match(await turn(4), /○ masked\s*: Its weight is 0\./);
    assert.match(await turn(5), /● learnt\s*: An answer of the assistant\./);
    await page.locator("summary", { hasText: "1 tool is declared: price" }).press("Enter");
    await page.getByText("Looks up a price.", { exact: true }).waitFor();
  });

  it("shows what stands in the dataset as text, and only pictures whose bytes are in it", async () => {
    const page = await show();
    assert.match(await page.locator(".turn").nth(1).innerText(), /What is it\?\n<img src=x/);
    assert.deepEqual(await page.locator("img").evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth)), [1]);
    assert.match(await page.locator(".turn").nth(1).innerText(), /image: https:\/\/example\.com\/a\.png/);
    assert.equal(await page.evaluate(() => "attacked" in window || document.querySelector("b") !== null), false);
  });

  it("marks what the target cuts", async () => {
    const page = await show(shownAt(0, { ...openaiSft, tokens: { limit: 30, beyond: "cut" } }));
    assert.match(await page.locator(".notice").innerText(), /cuts records at 30 tokens/);
    assert.match(await page.locator(".turn").last().innerText(), /cut: nothing of it is seen/);
  });

  it("is worked by the keyboard alone, says what could not be done, and follows the host", async () => {
    const page = await show();
    await page.getByRole("button", { name: "Next" }).press("Enter");
    await page.getByRole("button", { name: "Edit record" }).press("Enter");
    await page.getByRole("button", { name: "Previous" }).press("Enter");
    await page.getByRole("alert").getByText("This is the first record").waitFor();
    assert.deepEqual(acted, ["next", "edit"]);
    host.emit("changed", shownAt(7));
    await page.getByText("train.jsonl, line 8").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-key")), "previous");
    assert.equal(await page.getByRole("alert").innerText(), "");
    assert.deepEqual(remembered(), { file: "file:///workspace/train.jsonl", line: 7 });
    const { chat: _, ...without } = shownAt(8);
    host.emit("changed", { ...without, why: "This line is blank." });
    await page.getByText("This line is blank.").waitFor();
  });

  it("fits a narrow column beside an editor", async () => {
    const page = await show(shownAt(2), { width: 320 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  });
});
