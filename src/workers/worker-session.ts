import type { LintResult } from "../dataset/lint.ts";
import type { Target } from "../dataset/targets/target.ts";
import { checkEveryTarget } from "./check-every-target.ts";
import { createConfigurations } from "./configuration/heed.ts";
import { toFileCheck } from "./file-check.ts";
import { encodeFile } from "./encode-file.ts";
import { describeFileError } from "./file-error.ts";
import { fixFile } from "./fix-file.ts";
import { hashFile } from "./hash-file.ts";
import { lintFile, type LintFileOptions } from "./lint-file.ts";
import { createOpenDocuments, requireTarget, type Later } from "./open-documents.ts";
import { openLeakSearch } from "./open-leak-search.ts";
import { lintFileInThreads } from "./ranges/lint-in-threads.ts";
import { readBytes } from "./read-source.ts";
import { asRegularFile } from "./regular-file.ts";
import { mostOfRule } from "./select-shown.ts";
import type { Aim, FromWorker, ToWorker, WorkProgress } from "./worker-protocol.ts";
import { refuseSameFile, writeDraft } from "./write-beside.ts";

/** The worker's side of the conversation. Large files are linted in threads that run `rangeWorker`; without it, this thread does. */
export function createWorkerSession(send: (message: FromWorker) => void, later: Later, rangeWorker?: URL): (message: ToWorker) => void {
  const configurations = createConfigurations((message) => send({ type: "configuration-refused", message }));
  const documents = createOpenDocuments(send, later, configurations);

  const targetOf = (path: string, aim: Aim): Target => requireTarget(aim ?? configurations.target(path));

  /** `named` is the file whose settings count: `path` is a copy where that is packed. */
  async function lint(path: string, aim: Aim, options: LintFileOptions, named = path): Promise<LintResult> {
    const wanted = { ...options, severities: configurations.severities(named), settings: configurations.ruleSettings(named) };
    return rangeWorker ? lintFileInThreads(path, targetOf(named, aim), rangeWorker, wanted) : lintFile(path, targetOf(named, aim), wanted);
  }

  const telling = (request: number) => (progress: WorkProgress): void => send({ type: "progress", request, ...progress });

  function answer(request: number, act: "read" | "write", path: string, run: () => FromWorker): void {
    try {
      send(run());
    } catch (error) {
      send({ type: "failed", request, message: describeFileError(act, path, error) });
    }
  }

  function answerLater(request: number, path: string, run: () => Promise<FromWorker>): void {
    run().then(send, (error: unknown) => send({ type: "failed", request, message: describeFileError("read", path, error) }));
  }

  return (message) => {
    switch (message.type) {
      case "open":
      case "change":
      case "aim":
      case "close":
      case "find-file-links":
      case "look-at-lines":
      case "fix-document":
        return documents.take(message);
      case "configuration-changed":
        configurations.forget();
        return documents.configurationChanged();
      case "lint-file": {
        const { request, path, aim } = message;
        return answerLater(request, path, async () => ({ type: "file-linted", request, result: await lint(path, aim, { watch: telling(request), withoutLikeness: true }) }));
      }
      case "check-file": {
        const { request, path, aim, trainingPath } = message;
        return answerLater(request, path, async () => {
          const file = await asRegularFile(path);
          const training = trainingPath === undefined ? undefined : await asRegularFile(trainingPath);
          const search = openLeakSearch(configurations.ruleSettings(path).similarity);
          try {
            const named = trainingPath;
            if (training && named !== undefined) await lint(training.path, aim, { mostOfRule, leaks: () => search.begin(named, "training") }, path);
            const leaks = training && (() => search.begin(path, "validation"));
            return { type: "file-checked", request, check: toFileCheck(await lint(file.path, aim, { watch: telling(request), flags: true, mostOfRule, leaks }, path)) };
          } finally {
            search.close();
            file.remove();
            training?.remove();
          }
        });
      }
      case "read-test-set": {
        const { request, path, trainingPath } = message;
        return answerLater(request, path, async () => ({ type: "test-set-read", request, test: await (await import("./read-test-set.ts")).readTestSet(path, trainingPath) }));
      }
      case "read-learned": {
        const { request, path, most } = message;
        return answerLater(request, path, async () => ({ type: "learned-read", request, file: (await import("./read-learned.ts")).readLearned(path, most) }));
      }
      case "read-chat": {
        const { request, line, target } = message;
        return answerLater(request, "the record", async () => ({ type: "chat-read", request, ...(await (await import("./read-chat.ts")).readRecordChat(line, requireTarget(target))) }));
      }
      case "outline-records": {
        const { request, lines, target } = message;
        return answerLater(request, "the records", async () => ({ type: "records-outlined", request, ...(await (await import("./outline-records.ts")).outlineRecords(lines, requireTarget(target))) }));
      }
      case "count-tokens": {
        const { request, path, counting } = message;
        // Linting needs no tokenizer.
        return answerLater(request, path, async () => ({ type: "tokens-counted", request, count: await (await import("./count-tokens.ts")).countFileTokens(path, counting, telling(request)) }));
      }
      case "read-insights": {
        const { request, path, aim } = message;
        return answerLater(request, path, async () => ({ type: "insights-read", request, insights: await (await import("./read-insights.ts")).readInsights(path, targetOf(path, aim), telling(request)) }));
      }
      case "place-reviews": {
        const { request, path } = message;
        return answerLater(request, path, async () => ({ type: "reviews-placed", request, reviews: (await import("./review/place-reviews.ts")).placeReviews(path) }));
      }
      case "import-logs": {
        const { request, inputs, out } = message;
        return answerLater(request, inputs[0] ?? "the log", async () => ({ type: "logs-imported", request, imported: await (await import("./import-logs.ts")).importLogs(inputs, out, telling(request)) }));
      }
      case "shape-files": {
        const { request, wanted } = message;
        const { isPreview, inputs, outs } = wanted;
        return answerLater(request, (isPreview ? inputs[0] : outs[0]) ?? "the dataset", async () => ({ type: "files-shaped", request, shaped: (await import("./shape/shape-files.ts")).shapeFiles(wanted, telling(request)) }));
      }
      case "analyse-report": {
        const { request, path } = message;
        return answerLater(request, path, async () => ({ type: "report-analysed", request, analysis: (await import("./analyse-report.ts")).analyseReportFile(path) }));
      }
      case "find-record": {
        const { request, path, key, near } = message;
        return answerLater(request, path, async () => ({ type: "record-found", request, found: (await import("./find-record.ts")).findRecord(path, key, near) }));
      }
      case "make-prompts": {
        const { request, path, records, ways } = message;
        return answerLater(request, path, async () => ({ type: "prompts-made", request, made: await (await import("./make-prompts.ts")).makePrompts(path, records, ways) }));
      }
      case "read-results": {
        const { request, path, most } = message;
        return answerLater(request, path, async () => ({ type: "results-read", request, results: (await import("./read-results.ts")).readResults(path, most) }));
      }
      case "read-said-texts": {
        const { request, path, aim } = message;
        return answerLater(request, path, async () => ({ type: "said-texts-read", request, read: (await import("./read-said-texts.ts")).readSaidTexts(path, targetOf(path, aim)) }));
      }
      case "take-frozen-share": {
        const { request, dataset, list, folder } = message;
        return answerLater(request, dataset, async () => ({ type: "frozen-share-taken", request, share: await (await import("./shape/frozen-share.ts")).takeFrozenShare(dataset, list, folder, telling(request)) }));
      }
      case "find-leaks": {
        const { request, files } = message;
        const [first = { path: "" }] = files;
        return answerLater(request, first.path, async () => {
          const { findLeaks } = await import("./find-leaks.ts");
          return { type: "leaks-found", request, found: await findLeaks(files, configurations.ruleSettings(first.path).similarity, (path, options) => lint(path, undefined, { ...options, watch: telling(request), mostOfRule })) };
        });
      }
      case "export-report": {
        const { request, path, out, reviews } = message;
        return answerLater(request, path, async () => {
          (await import("./export-report.ts")).exportReportFile(path, out, reviews);
          return { type: "report-exported", request };
        });
      }
      case "compare-reports": {
        const { request, now, then } = message;
        return answerLater(request, now, async () => ({ type: "reports-compared", request, compared: (await import("./compare-reports.ts")).compareReports(now, then) }));
      }
      case "hash-file": {
        const { request, path } = message;
        return answerLater(request, path, async () => ({ type: "file-hashed", request, sha256: await hashFile(path) }));
      }
      case "find-lines": {
        const { request, path, wanted } = message;
        return answerLater(request, path, async () => ({ type: "lines-found", request, found: await (await import("./find-lines.ts")).findLines(path, wanted) }));
      }
      case "compare-records": {
        const { request, before, after } = message;
        return answerLater(request, after, async () => ({ type: "records-compared", request, difference: await (await import("./compare-records.ts")).compareRecords(before, after) }));
      }
      case "encode-file": {
        const { request, path, encoding } = message;
        return answer(request, "write", path, () => {
          encodeFile(path, encoding);
          return { type: "file-encoded", request };
        });
      }
      case "check-every-target": {
        const { request, checked, path } = message;
        const watch = (share: number): void => send({ type: "progress", request, bytes: Math.round(share * 1000), byteLength: 1000, lines: 0 });
        return answer(request, "read", path ?? "the dataset", () => ({ type: "every-target-checked", request, every: checkEveryTarget(checked, { severities: configurations.severities(path), watch }) }));
      }
      case "find-target": {
        const { request, path } = message;
        return answer(request, "read", path, () => ({ type: "target-found", request, target: configurations.target(path) }));
      }
      case "look-at-file": {
        const { request, path } = message;
        return answerLater(request, path, async () => ({ type: "file-looked-at", request, head: await (await import("./look-at-file.ts")).lookAtFile(path) }));
      }
      case "convert-file": {
        const { request, path, conversion, out } = message;
        const progress = (at: { bytes: number; byteLength: number }): void => send({ type: "progress", request, ...at });
        // Linting needs neither the formats that are written nor the readers of tables.
        return answerLater(request, path, async () => ({ type: "file-converted", request, result: await (await import("./convert-to-file.ts")).convertToFile(path, conversion, out, progress) }));
      }
      case "copy-file": {
        const { request, path, out, never } = message;
        return answer(request, "write", out, () => {
          refuseSameFile(never, out);
          writeDraft(out, readBytes(path)).publish();
          return { type: "file-copied", request };
        });
      }
      case "fix-file": {
        const { request, path, aim, out } = message;
        return answer(request, "write", out, () => {
          const { fixed, result } = fixFile(path, targetOf(path, aim), out, { severities: configurations.severities(path), settings: configurations.ruleSettings(path), watch: telling(request) });
          return { type: "file-fixed", request, fixed, left: toFileCheck(result) };
        });
      }
    }
  };
}
