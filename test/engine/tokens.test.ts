import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pythonEnvironment } from "../../src/engine/python-process.ts";
import { openChatTokens } from "../../src/workers/chat-template-tokens.ts";
import { localTraining, scripts, setUpMinutes, temporaryFolder, writeSample } from "./local-training.ts";

/** Prints how many tokens the engine makes of each record before anything is cut. */
const program = `
import sys, json
sys.path.insert(0, sys.argv[1])
from model import load_tokenizer
from records import encode, read_records
tokenizer = load_tokenizer(sys.argv[2])
print(json.dumps([len(encode(tokenizer, record)["input_ids"]) for record in read_records(sys.argv[3])]))
`;

describe("the tokens of a record that an estimate counts", function () {
  this.timeout(setUpMinutes * 60_000);

  it("are those that the engine trains on, record by record", async () => {
    const { python, baseModel } = await localTraining();
    const folder = await temporaryFolder();
    try {
      const file = await writeSample(folder.path, 40);
      const { stdout, stderr } = spawnSync(python, ["-c", program, scripts, baseModel, file], { encoding: "utf8", env: pythonEnvironment(python, true) });
      const expected = JSON.parse(stdout || `"${stderr.slice(-500)}"`) as number[];
      const count = openChatTokens(baseModel);
      assert.deepEqual(readFileSync(file, "utf8").trim().split("\n").map((line) => count(line).tokens), expected);
    } finally {
      await folder.remove();
    }
  });
});
