import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { KeptUpload } from "../../../src/jobs/upload-once.ts";
import { openUploads } from "../../../src/launch/uploads-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

const upload = (part: Partial<KeptUpload> = {}): KeptUpload => ({ provider: "Our: \"cloud\"/1", sha256: "a".repeat(64), path: "/data/train.jsonl", changedAt: 1, ...part });

describe("the ledger of uploads on disk", () => {
  const scratch = scratchFolder();

  it("keeps what was saved last for each provider and hash, whatever the provider is called", async () => {
    const uploads = openUploads(scratch.path("kept"));
    assert.equal(await uploads.find("p", "a"), undefined);
    await uploads.save(upload({ state: { parts: ["one", 2], upload: { id: null } } }));
    await uploads.save(upload({ provider: "other", file: "file-2" }));
    assert.deepEqual((await openUploads(scratch.path("kept")).find(upload().provider, upload().sha256))?.state, { parts: ["one", 2], upload: { id: null } });
    await uploads.save(upload({ file: "file-1" }));
    assert.deepEqual(await uploads.find(upload().provider, upload().sha256), upload({ file: "file-1" }));
    assert.equal((await uploads.find("other", upload().sha256))?.file, "file-2");
  });

  it("takes what it cannot read for nothing", async () => {
    const uploads = openUploads(scratch.path("odd"));
    await uploads.save(upload({ file: "file-1" }));
    const [name = ""] = readdirSync(scratch.path("odd"));
    scratch.file(`odd/${name}`, "{");
    assert.equal(await uploads.find(upload().provider, upload().sha256), undefined);
  });
});
