import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythonEnvironment } from "../../src/engine/python-process.ts";
import { localTraining, scripts, setUpMinutes, temporaryFolder } from "./local-training.ts";

/** Prints for each record the text that its labels teach, piece by piece; or why the file is refused. */
const program = `
import sys, json
sys.path.insert(0, sys.argv[1])
from itertools import groupby
from messages import UserError
from model import load_tokenizer
from records import make_rows
tokenizer = load_tokenizer(sys.argv[2])
try:
    rows, cut = make_rows(tokenizer, sys.argv[3], int(sys.argv[4]))
    learned = [[tokenizer.decode([label for label in part]) for kept, part in groupby(row["labels"], key=lambda label: label != -100) if kept] for row in rows]
    agree = all(label in (-100, token) for row in rows for label, token in zip(row["labels"], row["input_ids"]))
    print(json.dumps({"learned": learned, "cut": cut, "agree": agree}))
except UserError as error:
    print(json.dumps({"code": error.code, "message": str(error)}))
`;

describe("what is learned of a record", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let python: string;
  let baseModel: string;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    folder = await temporaryFolder();
    ({ python, baseModel } = await localTraining());
  });
  after(() => folder.remove());

  function read(records: readonly unknown[], longest = 4096): unknown {
    const file = join(folder.path, "records.jsonl");
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const { stdout, stderr } = spawnSync(python, ["-c", program, scripts, baseModel, file, String(longest)], { encoding: "utf8", env: pythonEnvironment(python, true) });
    assert.ok(stdout, stderr);
    return JSON.parse(stdout);
  }

  const user = (content: unknown) => ({ role: "user", content });
  const assistant = (content: unknown, weight?: number) => ({ role: "assistant", content, ...(weight === undefined ? {} : { weight }) });

  it("is every answer of the assistant with the token that ends it, but those of weight 0", () => {
    const result = read([
      { messages: [{ role: "system", content: "Be brief." }, user("One?"), assistant("1")] },
      { messages: [user("One?"), assistant("1", 0), user("Two?"), assistant("2", 1), user("Three?"), assistant("3")] },
      { messages: [user([{ type: "text", text: "Parts" }]), assistant("An answer with\n\ntwo line breaks, é 😀")] },
      { messages: [user("Nothing to learn"), assistant("no", 0)] },
    ]);
    assert.deepEqual(result, { learned: [["1<|im_end|>"], ["2<|im_end|>", "3<|im_end|>"], ["An answer with\n\ntwo line breaks, é 😀<|im_end|>"]], cut: 0, agree: true });
  });

  it("is cut where the record is longer than the model reads", () => {
    const result = read([{ messages: [user("One?"), assistant("word ".repeat(100).trim())] }, { messages: [user("Two?"), assistant("2")] }], 60) as { learned: string[][]; cut: number };
    assert.equal(result.cut, 1);
    assert.match(result.learned[0]?.[0] ?? "", /^word word( word)*$/);
    assert.deepEqual(result.learned[1], ["2<|im_end|>"]);
  });

  it("is refused when there is nothing at all, or a line is no chat record", () => {
    assert.equal((read([{ messages: [user("Hi"), assistant("no", 0)] }]) as { code: string }).code, "nothing_to_learn");
    assert.match((read([{ messages: [user("Hi"), assistant("yes")] }, { prompt: "Hi" }]) as { message: string }).message, /^Line 2 is no chat record/);
  });
});
