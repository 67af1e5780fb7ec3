import assert from "node:assert/strict";
import type { Log } from "sarif";
import { startFakeOpenAi } from "../../support/fake-openai.ts";
import { programFixture } from "./program-fixture.ts";

/** The program as it ships, over a fake of OpenAI's specification that flags what texts name in brackets. */
describe("moderating on the command line", function () {
  this.timeout(60_000);
  const fixture = programFixture();

  it("sends nothing without a word; with it, presents what is flagged as findings are", async () => {
    const fake = await startFakeOpenAi();
    try {
      fixture.file("config.jsonc", `{ "services": { "Ours": { "baseURL": "${fake.baseURL}", "keyVariable": "OUR_KEY" } } }`);
      fixture.file("train.jsonl", '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"[violence]"}]}\n');
      const run = (...parameters: string[]) => fixture.run(["moderate", "train.jsonl", "--service", "Ours", ...parameters], { env: { TUNESMITH_CONFIG: fixture.path("config.jsonc"), TUNESMITH_STATE: fixture.path("state"), OUR_KEY: fake.key } });
      const silent = await run();
      assert.deepEqual([silent.code, silent.stdout, fake.times(/moderations/)], [2, "", 0]);
      assert.match(silent.stderr, /^2 texts of its records, 12 characters, go to the moderation model omni-moderation-latest at http:.+\nNothing was sent\. With --yes /);
      const { code, stdout, stderr } = await run("--yes", "--format", "sarif");
      assert.equal(code, 1, stderr);
      const [log] = (JSON.parse(stdout) as Log).runs;
      assert.deepEqual(log?.tool.driver.rules?.map(({ id }) => id), ["flagged-content"]);
      assert.deepEqual(log?.results?.map(({ ruleIndex, message, locations }) => [ruleIndex, message.text?.split(".")[0], locations?.[0]?.physicalLocation?.region?.startColumn]), [[0, "Message 2 is flagged by omni-moderation-latest: violence (0", 75]]);
    } finally {
      await fake.close();
    }
  });
});
