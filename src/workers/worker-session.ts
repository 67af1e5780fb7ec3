import { fixText } from "../dataset/fix.ts";
import { toJsonLines } from "../dataset/json-lines.ts";
import { sourceOf } from "../dataset/lines.ts";
import { createLinter, type Linter } from "../dataset/lint.ts";
import { targetNamed } from "../dataset/targets/index.ts";
import type { Target, TargetName } from "../dataset/targets/target.ts";
import { wholeRange } from "../dataset/text.ts";
import { checkEveryTarget } from "./check-every-target.ts";
import { createConfigurations } from "./configuration/heed.ts";
import { toFileCheck } from "./file-check.ts";
import { encodeFile } from "./encode-file.ts";
import { describeFileError } from "./file-error.ts";
import { fixFile } from "./fix-file.ts";
import { hashFile } from "./hash-file.ts";
import { lintFile } from "./lint-file.ts";
import { readBytes } from "./read-source.ts";
import { splitFile } from "./split-file.ts";
import type { Aim, DocumentFixes, DocumentOrigin, FromWorker, TextChange, ToWorker, WorkProgress } from "./worker-protocol.ts";
import { refuseSameFile, writeDraft } from "./write-beside.ts";

interface MirroredDocument {
  text: string;
  version: number;
  readonly origin: DocumentOrigin;
  readonly path: string | undefined;
  aim: Aim;
  /** Made for the target of the last time. */
  linter?: { readonly target: TargetName; readonly lint: Linter["lint"] };
}

/** The text after changes that apply one after the other, as VS Code reports them. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes.reduce((current, { offset, length, text: replacement }) => current.slice(0, offset) + replacement + current.slice(offset + length), text);
}

/**
 * The worker's side of the conversation: mirrors of the open documents, each with a linter that keeps what it found.
 * `later` runs a function once the messages that already wait are taken, so that of several quick changes only the last is linted.
 */
export function createWorkerSession(send: (message: FromWorker) => void, later: (run: () => void) => void): (message: ToWorker) => void {
  const documents = new Map<string, MirroredDocument>();
  const due = new Set<string>();
  const configurations = createConfigurations((message) => send({ type: "configuration-refused", message }));

  function lintSoon(id: string): void {
    if (due.has(id)) return;
    due.add(id);
    later(() => {
      due.delete(id);
      const document = documents.get(id);
      if (!document) return;
      const { text, origin, path, version, aim } = document;
      const target = aim ?? configurations.target(path);
      if (document.linter?.target !== target) document.linter = { target, ...createLinter(requireTarget(target)) };
      const result = configurations.ofDocument(document.linter.lint(sourceOf(text, origin)), path);
      send({ type: "linted", document: id, version, aim, target, result });
    });
  }

  /** What a configuration ignores has no findings, and so nothing is repaired in it. */
  function fixAll({ text, origin, path, aim }: MirroredDocument): Omit<DocumentFixes, "version"> {
    if (configurations.ignores(path)) return { edits: [], fixed: 0 };
    const target = requireTarget(aim ?? configurations.target(path));
    const { edits, fixed } = fixText(text, target, { ...origin, severities: configurations.severities(path) });
    return { edits, fixed };
  }

  const targetOf = (path: string, aim: Aim): Target => requireTarget(aim ?? configurations.target(path));

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
        documents.set(message.document, { text: message.text, version: message.version, origin: message.origin, path: message.path, aim: message.aim });
        return lintSoon(message.document);
      case "change": {
        const document = documents.get(message.document);
        if (!document) return;
        document.text = applyChanges(document.text, message.changes);
        document.version = message.version;
        return lintSoon(message.document);
      }
      case "aim": {
        const document = documents.get(message.document);
        if (!document) return;
        document.aim = message.aim;
        return lintSoon(message.document);
      }
      case "close":
        return void documents.delete(message.document);
      case "configuration-changed":
        configurations.forget();
        return [...documents.keys()].forEach(lintSoon);
      case "fix-document": {
        const { request, document: id, only } = message;
        const document = documents.get(id);
        if (!document) return send({ type: "failed", request, message: "The document was closed." });
        return send({ type: "document-fixed", request, fixes: { version: document.version, ...(only === "jsonl" ? toLines(document.text) : fixAll(document)) } });
      }
      case "lint-file": {
        const { request, path, aim } = message;
        return answer(request, "read", path, () => ({ type: "file-linted", request, result: configurations.ofFile(lintFile(path, targetOf(path, aim), telling(request)), path) }));
      }
      case "check-file": {
        const { request, path, aim } = message;
        return answer(request, "read", path, () => ({ type: "file-checked", request, check: toFileCheck(configurations.ofFile(lintFile(path, targetOf(path, aim), telling(request)), path)) }));
      }
      case "read-test-set": {
        const { request, path, trainingPath } = message;
        return answerLater(request, path, async () => ({ type: "test-set-read", request, test: await (await import("./read-test-set.ts")).readTestSet(path, trainingPath) }));
      }
      case "count-tokens": {
        const { request, path, counting } = message;
        // Linting needs no tokenizer.
        return answerLater(request, path, async () => ({ type: "tokens-counted", request, count: await (await import("./count-tokens.ts")).countFileTokens(path, counting, telling(request)) }));
      }
      case "split-file": {
        const { request, path, parts, holdOut, owner } = message;
        return answer(request, "write", parts.training, () => {
          splitFile(path, parts, holdOut, owner, telling(request));
          return { type: "file-split", request };
        });
      }
      case "hash-file": {
        const { request, path } = message;
        return answerLater(request, path, async () => ({ type: "file-hashed", request, sha256: await hashFile(path) }));
      }
      case "encode-file": {
        const { request, path, encoding, owner } = message;
        return answer(request, "write", path, () => {
          encodeFile(path, encoding, owner);
          return { type: "file-encoded", request };
        });
      }
      case "check-every-target": {
        const { request, checked, path } = message;
        const watch = (share: number): void => send({ type: "progress", request, bytes: Math.round(share * 1000), byteLength: 1000, lines: 0 });
        return answer(request, "read", path ?? "the dataset", () => ({ type: "every-target-checked", request, every: checkEveryTarget(checked, { severities: configurations.severities(path), watch }) }));
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
        const { request, path, out, never, owner } = message;
        return answer(request, "write", out, () => {
          refuseSameFile(never, out);
          writeDraft(out, readBytes(path), owner).publish();
          return { type: "file-copied", request };
        });
      }
      case "fix-file": {
        const { request, path, aim, out, owner } = message;
        return answer(request, "write", out, () => {
          const { fixed, result } = fixFile(path, targetOf(path, aim), out, { owner, severities: configurations.severities(path), watch: telling(request) });
          return { type: "file-fixed", request, fixed, left: toFileCheck(result) };
        });
      }
    }
  };
}

function toLines(text: string): Omit<DocumentFixes, "version"> {
  return { edits: [{ range: wholeRange(text), text: [...toJsonLines(sourceOf(text))].join("") }], fixed: 1 };
}

function requireTarget(name: TargetName): Target {
  const target = targetNamed(name);
  if (!target) throw new RangeError(`There is no target "${name}".`);
  return target;
}
