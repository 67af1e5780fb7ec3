import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ProviderError, type LaunchRequest, type UploadState } from "../../../../src/jobs/provider.ts";
import { cut, cutHalfway } from "../../../support/fake-server.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live, providerError, type WireStage } from "./stage.ts";

/**
 * What every adapter promises of the requests that it sends and of answers that are late, cut, limited or strange. `resumable` is the size in bytes of a
 * file that the service takes in parts, where it takes files so; going on with such an upload is tested then.
 */
export function describeWire(name: string, open: () => Promise<WireStage>, { resumable }: { readonly resumable?: number } = {}): void {
  describe(`${name}: the contract of an adapter`, () => {
    const scratch = scratchFolder();
    let stage: WireStage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.close());

    const file = (): string => scratch.file("train.jsonl", dataset);
    const upload = (): Promise<string> => stage.service.provider.uploadFile({ path: file(), name: "train.jsonl" }, live());
    const request = (trainingFile: string, more: Partial<LaunchRequest> = {}): LaunchRequest => ({ model: stage.baseModel, trainingFile, hyperparameters: {}, metadata: {}, ...stage.request, ...more });
    const create = async () => stage.service.provider.createJob(request(await upload()), live());

    describe("listing", () => {
      it("puts pages that come slow and reordered into order, each job once", async () => {
        const { id } = await create();
        stage.addOld(130);
        stage.fake.misbehave(stage.acts.list, stage.slowAndReordered, 99);
        const jobs = await stage.service.provider.listJobs(live());
        assert.equal(jobs.length, 131);
        assert.equal(new Set(jobs.map((job) => job.id)).size, 131);
        assert.equal(jobs[0]?.id, id);
        assert.deepEqual(jobs.map(({ createdAt }) => createdAt), jobs.map(({ createdAt }) => createdAt).sort((one, other) => other - one));
      });

      it("goes through a long history page by page, each job once", async () => {
        stage.addOld(450);
        const { listJobPage } = stage.service.provider;
        const found: string[] = [];
        for (let after: string | undefined, pages = 0; listJobPage && pages < 50; pages += 1) {
          const page = await listJobPage(after, live());
          found.push(...page.jobs.map(({ id }) => id));
          if (page.next === undefined) break;
          after = page.next;
        }
        // Where a service has no pages, one list holds everything.
        if (!listJobPage) found.push(...(await stage.service.provider.listJobs(live())).map(({ id }) => id));
        assert.equal(found.length, 450);
        assert.equal(new Set(found).size, 450);
      });

      it("shows states, members and values that no specification knows", async () => {
        const { id } = await create();
        const { rawStatus } = stage.spoil(id);
        const [listed] = await stage.service.provider.listJobs(live());
        assert.deepEqual([listed?.id, listed?.status, listed?.rawStatus, listed?.error], [id, "unknown", rawStatus, undefined]);
        assert.equal((await stage.service.provider.retrieveJob(id, live())).status, "unknown");
      });

      it("asks again after a rate limit, a fault of the server and a cut connection", async () => {
        const { provider } = stage.service;
        for (const fault of [stage.refusal(429, "Slow down", { "retry-after": "0" }), stage.refusal(500, "Oops", { "retry-after": "0" }), cut, cutHalfway]) {
          stage.fake.misbehave(stage.acts.list, fault);
          assert.deepEqual(await provider.listJobs(live()), []);
        }
      });

      it("does not sit out a long wait, but says how long it is", async () => {
        stage.fake.misbehave(stage.acts.list, stage.refusal(429, "Rate limit reached", { "retry-after": "3600" }), 9);
        await assert.rejects(stage.service.provider.listJobs(live()), (error) => {
          assert.equal((error as ProviderError).retryAfter, 3_600_000);
          return providerError("rate-limited", /Try again in 60 minutes/)(error);
        });
      });

      it("says so when the answer is no list, instead of showing an empty one", async () => {
        stage.fake.misbehave(stage.acts.list, () => new Response("<html>Log in</html>", { headers: { "content-type": "text/html" } }), 9);
        await assert.rejects(stage.service.provider.listJobs(live()), providerError("unexpected"));
      });
    });

    describe("creating", () => {
      for (const [what, faultOf, kinds] of [
        ["cut", () => cut, ["unreachable"]],
        ["met by a fault of the server", (each: WireStage) => each.refusal(503, "Busy", { "retry-after": "0" }), ["unexpected"]],
        ["limited", (each: WireStage) => each.refusal(429, "Slow down", { "retry-after": "0" }), ["rate-limited"]],
        ["refused", (each: WireStage) => each.refusal(400, "Bad hyperparameter"), ["invalid"]],
      ] as const) {
        it(`sends a creation that is ${what} exactly once`, async () => {
          const trainingFile = await upload();
          stage.fake.misbehave(stage.acts.create, faultOf(stage), 9);
          await assert.rejects(stage.service.provider.createJob(request(trainingFile), live()), (error) => error instanceof ProviderError && (kinds as readonly string[]).includes(error.kind));
          assert.equal(stage.fake.times(stage.acts.create), 1);
        });
      }
    });

    describe("uploading", () => {
      it("sends the bytes as they are, and tells how far it is", async () => {
        const told: [number, number][] = [];
        const id = await stage.service.provider.uploadFile({ path: file(), name: "train.jsonl", progress: (sent, total) => void told.push([sent, total]) }, live());
        assert.equal(stage.uploaded(id), dataset);
        assert.deepEqual(told.at(-1), [dataset.length, dataset.length]);
        assert.deepEqual(told.map(([sent]) => sent), told.map(([sent]) => sent).sort((one, other) => one - other));
      });

      it("is not tried again blindly when it is cut", async () => {
        stage.fake.misbehave(stage.acts.upload, cut, 9);
        await assert.rejects(upload(), providerError("unreachable"));
        assert.equal(stage.fake.times(stage.acts.upload), 1);
      });
    });

    if (resumable !== undefined) describe("uploading in parts", () => {
      /** Sends half of a large file, and gives what was kept of that. */
      const sendHalf = async (path: string, total: number): Promise<UploadState> => {
        const kept: UploadState[] = [];
        const stop = new AbortController();
        const reason = new Error("enough");
        await assert.rejects(stage.service.provider.uploadFile({
          path, name: "large.jsonl", keep: (state) => void kept.push(JSON.parse(JSON.stringify(state))),
          progress: (sent) => { if (sent > total / 2) stop.abort(reason); },
        }, stop.signal), (error) => error === reason);
        return kept.at(-1) ?? assert.fail("Nothing was kept.");
      };

      it("goes on with a large file where it was stopped", async () => {
        const { path, total } = scratch.large("large.jsonl", resumable);
        const resume = await sendHalf(path, total);
        const told: number[] = [];
        const id = await stage.service.provider.uploadFile({ path, name: "large.jsonl", resume, progress: (sent) => void told.push(sent) }, live());
        assert.ok((told[0] ?? 0) > total / 4, "It begins where it was.");
        assert.equal(told.at(-1), total);
        assert.equal(stage.uploaded(id), readFileSync(path, "utf8"));
      });

      it("begins anew when the service has forgotten what was sent, as it has when the upload was thrown away", async () => {
        const { path, total } = scratch.large("large.jsonl", resumable);
        const resume = await sendHalf(path, total);
        await stage.service.provider.discardUpload?.(resume, live());
        await stage.service.provider.discardUpload?.(resume, live());
        const id = await stage.service.provider.uploadFile({ path, name: "large.jsonl", resume }, live());
        assert.equal(stage.uploaded(id), readFileSync(path, "utf8"));
      });

      it("takes nothing for its own that another version or another file has kept", async () => {
        const { path } = scratch.large("large.jsonl", resumable);
        for (const resume of [{}, { upload: 7 }, { version: [] }] as UploadState[]) {
          await stage.service.provider.discardUpload?.(resume, live());
          await stage.service.provider.deleteFile?.(await stage.service.provider.uploadFile({ path, name: "large.jsonl", resume }, live()), live());
        }
      });
    });

    describe("files", () => {
      it("lists what was uploaded, gives it back, and deletes it", async () => {
        const { listFiles, readFile, deleteFile } = stage.service.provider;
        const id = await upload();
        if (listFiles) assert.ok((await listFiles(live())).some((each) => each.id === id));
        if (readFile) {
          const pieces: Uint8Array[] = [];
          for await (const piece of (await readFile(id, live())).content) pieces.push(piece);
          assert.equal(Buffer.concat(pieces).toString(), dataset);
        }
        if (!deleteFile) return;
        await deleteFile(id, live());
        assert.ok(!(await listFiles?.(live()))?.some((each) => each.id === id));
        await deleteFile(id, live());
      });
    });

    describe("what a job leaves behind", () => {
      it("can be fetched once the job has succeeded", async () => {
        const { provider } = stage.service;
        if (!provider.listArtifacts || !provider.download) return;
        const { id } = await create();
        await stage.finish(id, "succeeded");
        const artifacts = await provider.listArtifacts(id, live());
        assert.ok(artifacts.length > 0);
        for (const artifact of artifacts) {
          assert.doesNotMatch(artifact.fileName, /[\\/]/);
          let bytes = 0;
          for await (const piece of (await provider.download(id, artifact.id, live())).content) bytes += piece.byteLength;
          assert.ok(bytes > 0, artifact.title);
        }
      });
    });

    describe("the key", () => {
      it("goes with every request as a header to the service itself, and nowhere else", async () => {
        const { provider } = stage.service;
        const { id } = await create();
        await provider.listEvents?.(id, live());
        await stage.finish(id, "succeeded");
        for (const { id: artifact } of (await provider.listArtifacts?.(id, live())) ?? []) for await (const _piece of (await provider.download?.(id, artifact, live()))?.content ?? []);
        const { key } = stage.fake;
        for (const { act, query, body, headers } of stage.fake.received) {
          const { secrets, ...open } = body ?? {};
          assert.ok(!JSON.stringify([act, query, stage.keyInSecrets ? open : { ...open, secrets }]).includes(key), act);
          // What a signed address leads to is another party.
          if (/^\w+ \/signed\//.test(act)) assert.ok(!JSON.stringify(headers).includes(key), act);
        }
      });

      it("is known, or it is not", async () => {
        await stage.service.provider.checkAccess?.(live());
        if (stage.stranger.provider.checkAccess) await assert.rejects(stage.stranger.provider.checkAccess(live()), providerError("unauthorised"));
      });
    });
  });
}
