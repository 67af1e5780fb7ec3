import assert from "node:assert/strict";
import type { Anchor } from "../../../../src/dataset/review/entry.ts";
import { placeAnchors } from "../../../../src/dataset/review/place.ts";
import { recordKey, writtenHash } from "../../../../src/dataset/review/record-key.ts";

const chat = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });

/** What is said of the record on a line of a file. */
function anchorOf(file: readonly string[], line: number): Anchor {
  const at = (place: number): string | undefined => writtenHash(recordKey(file[place] ?? "").hash);
  const [hash, prompt, before, after] = [at(line) ?? "", writtenHash(recordKey(file[line] ?? "").prompt), at(line - 1), at(line + 1)];
  return { hash, line, ...(prompt === undefined ? {} : { prompt }), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function place(anchor: Anchor, file: readonly string[]): unknown {
  const keys = file.map(recordKey);
  return placeAnchors([anchor], { lines: Uint32Array.from(keys, (_, line) => line), hashes: Float64Array.from(keys, ({ hash }) => hash), prompts: Float64Array.from(keys, ({ prompt }) => prompt) })[0];
}

describe("finding a record of which something was said", () => {
  const file = ["a", "b", "c", "d"].map((name) => chat(`question ${name}`, `answer ${name}`));
  const anchor = anchorOf(file, 1);

  it("follows it wherever it stands, however its JSON is written", () => {
    assert.deepEqual(place(anchor, [file[3] ?? "", file[2] ?? "", ` ${file[1] ?? ""}`.replace(":", " : ")]), { record: 2, isCurrent: true });
  });

  it("takes the nearest of equal records", () => {
    assert.deepEqual(place(anchorOf(file, 3), [file[3] ?? "", file[0] ?? "", file[1] ?? "", file[2] ?? "", file[3] ?? ""]), { record: 4, isCurrent: true });
  });

  it("stays on a record that was changed: the one that asks the same, or that stands between the same neighbours", () => {
    assert.deepEqual(place(anchor, [file[3] ?? "", chat("question b", "a better answer")]), { record: 1, isCurrent: false });
    assert.deepEqual(place(anchor, [file[3] ?? "", file[0] ?? "", chat("other", "answer b"), file[2] ?? ""]), { record: 2, isCurrent: false });
    assert.deepEqual(place(anchor, [file[0] ?? "", chat("other", "answer b"), chat("changed too", "c")]), { record: 1, isCurrent: false });
  });

  it("is not lost among very many equal records, which are its neighbours too", () => {
    const equal = file[0] ?? "";
    const many = Array.from({ length: 60_000 }, () => equal);
    assert.deepEqual(place({ ...anchorOf([equal, equal, equal], 1), line: 41_000 }, many), { record: 41_000, isCurrent: true });
    const changed = [...many.slice(0, 30_000), chat("other", "b"), ...many.slice(30_000)];
    assert.deepEqual(place({ ...anchorOf([equal, file[1] ?? "", equal], 1), line: 29_000 }, changed), { record: 30_000, isCurrent: false });
  });

  it("knows when it is gone, and takes no neighbour for it", () => {
    assert.equal(place(anchor, [file[0] ?? "", file[2] ?? "", file[3] ?? ""]), undefined);
    assert.equal(place(anchor, []), undefined);
  });
});
