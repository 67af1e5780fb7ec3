import assert from "node:assert/strict";
import { createChatProcess, type ChatProcess, type ChatRequest } from "../../../src/engine/chat-process.ts";
import { fakeScripts } from "./fake-python.ts";

const never = new AbortController().signal;
const request = (content: string): ChatRequest => ({ base: "/models/small", messages: [{ role: "user", content }], temperature: 0, topP: 1, maximumTokens: 8, stop: [] });
/** A script that tells its process first, then repeats what it is told; "wait" is answered when it is cancelled, "die" never. */
const echo = `
  const said = (id, text) => { send({ type: "token", id, text }); send({ type: "done", id, finish_reason: "stop", prompt_tokens: 3, completion_tokens: 2 }); };
  received = (message) => {
    if (message.type === "cancel") return send({ type: "done", id: message.id, finish_reason: "cancelled", prompt_tokens: 3, completion_tokens: 0 });
    const text = message.messages[0].content;
    if (text === "pid") return said(message.id, String(process.pid));
    if (text === "whole") return said(message.id, JSON.stringify(message));
    if (text === "fail") return send({ type: "error", id: message.id, code: "invalid_model", message: "No such model." });
    if (text === "die") { console.error("memory corrupted"); process.exit(7); }
    if (text === "wait") return send({ type: "token", id: message.id, text: "so far" });
    console.log("noise"); said("no such id", "lost"); said(message.id, text);
  };`;

describe("createChatProcess", () => {
  let fake: ReturnType<typeof fakeScripts>;
  let chat: ChatProcess;
  beforeEach(() => {
    fake = fakeScripts("chat.py", echo);
    chat = createChatProcess(fake);
  });
  afterEach(async () => {
    await chat.end();
    fake.remove();
  });

  const ask = async (content: string, signal = never, onPiece: (text: string) => void = () => undefined): Promise<string> => {
    let text = "";
    await chat.answer(request(content), (piece) => {
      text += piece;
      onPiece(piece);
    }, signal);
    return text;
  };

  it("gives each conversation its own answer, from one process", async () => {
    const answers = await Promise.all(["one", "two", "three"].map((content) => ask(content)));
    assert.deepEqual(answers, ["one", "two", "three"]);
    assert.equal(await ask("pid"), await ask("pid"));
  });

  it("tells how an answer ended", async () => {
    assert.deepEqual(await chat.answer(request("one"), () => undefined, never), { finishReason: "stop", promptTokens: 3, completionTokens: 2 });
  });

  it("gives the script the whole request", async () => {
    const { id, ...sent } = JSON.parse(await ask("whole")) as Record<string, unknown>;
    assert.equal(typeof id, "string");
    assert.deepEqual(sent, { type: "answer", base: "/models/small", messages: [{ role: "user", content: "whole" }], temperature: 0, top_p: 1, maximum_tokens: 8, stop: [] });
  });

  it("rejects with the script's error", async () => {
    await assert.rejects(ask("fail"), { name: "ChatError", code: "invalid_model", message: "No such model." });
  });

  it("rejects all who wait when the process dies, and starts another for the next", async () => {
    const first = await ask("pid");
    const waiting = ask("wait");
    await assert.rejects(ask("die"), { name: "ChatError", code: "chat_ended", message: /memory corrupted/ });
    await assert.rejects(waiting, { code: "chat_ended" });
    assert.notEqual(await ask("pid"), first);
  });

  it("rejects at once when aborted, and leaves the process for the others", async () => {
    const first = await ask("pid");
    const abort = new AbortController();
    await assert.rejects(ask("wait", abort.signal, () => abort.abort()), { name: "ChatError", code: "cancelled" });
    await assert.rejects(ask("one", AbortSignal.abort()), { code: "cancelled" });
    assert.equal(await ask("pid"), first);
  });

  it("has ended the process when end resolves, and refuses who waits", async () => {
    const pid = Number(await ask("pid"));
    const waiting = assert.rejects(ask("wait"), { code: "chat_ended" });
    await chat.end();
    await waiting;
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  });

  it("ends the process when nobody asked for a while", async () => {
    const brief = createChatProcess({ ...fake, idle: 1 });
    let pid = 0;
    await brief.answer(request("pid"), (text) => (pid = Number(text)), never);
    const isGone = (): boolean => {
      try {
        return !process.kill(pid, 0);
      } catch {
        return true;
      }
    };
    while (!isGone()) await new Promise((resolve) => setImmediate(resolve));
  });

  it("says that the Python cannot be started", async () => {
    const none = createChatProcess({ python: `${fake.scripts}/none`, scripts: fake.scripts });
    await assert.rejects(none.answer(request("one"), () => undefined, never), { name: "ChatError", code: "chat_ended", message: /ENOENT/ });
  });
});
