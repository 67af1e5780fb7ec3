import assert from "node:assert/strict";
import { ProviderError, type Provider, type UploadRequest } from "../../../src/jobs/provider.ts";
import { uploadOnce, type KeptUpload, type UploadPorts } from "../../../src/jobs/upload-once.ts";
import { fakeClock } from "./fake-clock.ts";
import { jobOf } from "./job-of.ts";
import { memoryUploads } from "./memory-uploads.ts";

const never = new AbortController().signal;
const file = { path: "/data/train.jsonl", sha256: "a".repeat(64) };

function world(part: Partial<Provider> = {}, kept: KeptUpload[] = [], hash = file.sha256) {
  const sent: UploadRequest[] = [];
  const said: string[] = [];
  const uploads = memoryUploads(kept);
  const provider: Provider = {
    id: "p", title: "P", listJobs: async () => [], retrieveJob: async (id) => jobOf(id), createJob: async () => jobOf("job-1"),
    uploadFile: async (request) => (sent.push(request), "file-1"), ...part,
  };
  const ports: UploadPorts = { provider, uploads, clock: fakeClock(), hashFile: async () => hash, report: (doing, share) => void said.push(share === undefined ? doing : `${doing} ${share}`) };
  return { ports, sent, said, uploads };
}

describe("uploading a file", () => {
  it("sends its bytes and keeps where they are", async () => {
    const { ports, sent, uploads } = world();
    assert.deepEqual(await uploadOnce(file, ports, never), { file: "file-1", reused: false });
    assert.deepEqual([sent.length, sent[0]?.name, uploads.kept.map(({ file: id, state }) => [id, state])], [1, "train.jsonl", [["file-1", undefined]]]);
  });

  it("sends nothing when the provider still has them, and sends them anew when it has not", async () => {
    const there = world({ listFiles: async () => [{ id: "file-0", name: "train.jsonl" }] }, [{ provider: "p", ...file, changedAt: 1, file: "file-0" }]);
    assert.deepEqual(await uploadOnce(file, there.ports, never), { file: "file-0", reused: true });
    assert.equal(there.sent.length, 0);
    for (const listed of [[], [{ id: "file-0", name: "train.jsonl", status: "failed" as const }]]) {
      const gone = world({ listFiles: async () => listed }, [{ provider: "p", ...file, changedAt: 1, file: "file-0" }]);
      assert.deepEqual(await uploadOnce(file, gone.ports, never), { file: "file-1", reused: false });
    }
  });

  it("believes a provider that cannot list its files, and asks none twice that does not answer", async () => {
    const kept = (): KeptUpload[] => [{ provider: "p", ...file, changedAt: 1, file: "file-0" }];
    assert.equal((await uploadOnce(file, world({}, kept()).ports, never)).reused, true);
    const silent = world({ listFiles: () => Promise.reject(new ProviderError("unreachable", "No answer.")) }, kept());
    await assert.rejects(uploadOnce(file, silent.ports, never), { kind: "unreachable" });
    assert.equal(silent.sent.length, 0);
  });

  it("goes on with what was cut: the state is on disk before the next bytes leave", async () => {
    const cut = world({
      async uploadFile({ keep }) {
        await keep?.({ upload: "u-1", parts: ["one"] });
        throw new ProviderError("unreachable", "The connection was cut.");
      },
    });
    await assert.rejects(uploadOnce(file, cut.ports, never), /cut/);
    const { sent, ports, said } = world({}, cut.uploads.kept);
    await uploadOnce(file, ports, never);
    assert.deepEqual(sent[0]?.resume, { upload: "u-1", parts: ["one"] });
    assert.match(said[0] ?? "", /^going on with uploading train\.jsonl/);
  });

  it("tells how much has been sent", async () => {
    const { ports, said } = world({ uploadFile: async ({ progress }) => (progress?.(5, 20), "file-1") });
    await uploadOnce(file, ports, never);
    assert.deepEqual(said, ["uploading train.jsonl 0", "uploading train.jsonl 0.25"]);
  });

  it("is refused when the bytes are others than those that were checked, and keeps nothing as theirs", async () => {
    const { ports, uploads } = world({}, [], "b".repeat(64));
    await assert.rejects(uploadOnce(file, ports, never), /train\.jsonl was changed while it was uploaded/);
    assert.deepEqual(uploads.kept, []);
  });

  it("knows other bytes and other providers apart", async () => {
    const { ports, sent } = world({}, [{ provider: "q", ...file, changedAt: 1, file: "file-q" }, { provider: "p", ...file, sha256: "c".repeat(64), changedAt: 1, file: "file-c" }]);
    assert.equal((await uploadOnce(file, ports, never)).file, "file-1");
    assert.equal(sent.length, 1);
  });
});
