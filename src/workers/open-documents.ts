import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../dataset/finding.ts";
import type { Tally } from "../dataset/finding-sink.ts";
import { fixWith } from "../dataset/fix.ts";
import { createIncrementalLinter, type IncrementalLinter } from "../dataset/incremental-linter.ts";
import { toJsonLines } from "../dataset/json-lines.ts";
import { sourceOf } from "../dataset/lines.ts";
import { safeFixes, selectEdits } from "../dataset/select-edits.ts";
import { targetNamed } from "../dataset/targets/index.ts";
import type { RuleSettings } from "../dataset/rule-settings.ts";
import type { Target, TargetName } from "../dataset/targets/target.ts";
import { wholeRange } from "../dataset/text.ts";
import type { Configurations } from "./configuration/heed.ts";
import { toDocumentCheck, type DocumentCheck } from "./file-check.ts";
import { mostOfRule } from "./select-shown.ts";
import { fileLinks } from "../dataset/insight/file-links.ts";
import type { Aim, DocumentFixes, DocumentOrigin, FixWhat, FromWorker, ToWorker } from "./worker-protocol.ts";

/** Runs a function after so many milliseconds, once the messages that already wait are taken; gives what prevents that. */
export type Later = (milliseconds: number, run: () => void) => () => void;

/** Mirrors of the documents that are open in the editor, each with a linter that keeps what it found. */
export interface OpenDocuments {
  take(message: Extract<ToWorker, { readonly document: string }>): void;
  /** Looks at all of them again. */
  configurationChanged(): void;
}

/** How long nothing is typed before the document is linted, in milliseconds: longer than between two keys, shorter than one waits for an answer. */
export const pause = 150;

/** More findings than this in one place are no answer to anybody. */
const mostLookedAt = 100;
/** VS Code draws all links that it is given. */
const mostLinks = 2000;

/** How long after a document was first linted its records are compared with one another, in milliseconds, and of how many is learnt in a row. */
const comparesAfter = 300;
const recordsAtOnce = 1000;
/** How long nothing is typed before the rules look that are slow, in milliseconds. */
export const slowAfter = 2000;
/** Where so many characters come at once, comparing them waits. */
const mostTyped = 1e6;

interface OpenDocument {
  linter: IncrementalLinter & { readonly name: TargetName; readonly settings: RuleSettings };
  version: number;
  readonly origin: DocumentOrigin;
  readonly path: string | undefined;
  aim: Aim;
  /** Whether records were compared with one another since the document was opened: from then on they are, after each change. */
  isCompared: boolean;
  /** Prevents what is to be done next. */
  due?: () => void;
  /** Whether that is to lint a text which has changed. */
  isDue: boolean;
  /** What the editor was told last. */
  told?: DocumentCheck;
  tallies: readonly Tally[];
}

export function createOpenDocuments(send: (message: FromWorker) => void, later: Later, configurations: Configurations): OpenDocuments {
  const documents = new Map<string, OpenDocument>();

  function lintSoon(id: string, document: OpenDocument, milliseconds: number): void {
    document.due?.();
    document.isDue = true;
    document.due = later(milliseconds, () => lint(id, document));
  }

  /**
   * The editor is told that the newest text was linted, and what has changed of what is found; `again` where it was told of that text, and now the rules look that are slow.
   * Until then the records that have not changed keep what these found.
   */
  function lint(id: string, document: OpenDocument, again = false): void {
    document.due?.();
    delete document.due;
    document.isDue = false;
    if (documents.get(id) !== document) return;
    const { origin, path, version, aim, told } = document;
    const target = aim ?? configurations.target(path);
    const settings = configurations.ruleSettings(path);
    if (document.linter.name !== target || !isDeepStrictEqual(document.linter.settings, settings)) {
      document.linter = linterFor(document.linter.text(), target, settings);
      document.isCompared = false;
    }
    const { linted, ...found } = document.linter.lint(origin, { mostOfRule, severities: configurations.severities(path), withoutLikeness: !document.isCompared, slowAsBefore: !again });
    document.tallies = configurations.ignores(path) ? [] : found.tallies;
    const check = toDocumentCheck(configurations.ignores(path) ? { ...found, findings: [], tallies: [] } : found);
    document.told = check;
    if (!document.isCompared) document.due = later(comparesAfter, () => compare(id, document));
    else if (!again) document.due = later(slowAfter, () => lint(id, document, true));
    if (again && isDeepStrictEqual(check, told)) return;
    send({ type: "linted", document: id, version, aim, target, linted, ...(isDeepStrictEqual(check, told) ? {} : { check }) });
  }

  /** Learns some records at a time what they are like, so that what is asked meanwhile is answered, and then lints with what compares them. */
  function compare(id: string, document: OpenDocument): void {
    delete document.due;
    if (documents.get(id) !== document) return;
    if (document.linter.learn(recordsAtOnce)) {
      document.due = later(0, () => compare(id, document));
      return;
    }
    document.isCompared = true;
    lint(id, document, true);
  }

  /** What is asked about a document is about its newest text. */
  function current(id: string): OpenDocument | undefined {
    const document = documents.get(id);
    if (document?.isDue) lint(id, document);
    return document;
  }

  function look({ linter, origin, path }: OpenDocument, first: number, last: number): readonly Finding[] {
    return configurations.ignores(path) ? [] : linter.findingsOn(origin, first, last, configurations.severities(path));
  }

  /** What a configuration ignores has no findings, and so nothing is repaired in it. */
  function fix({ linter, origin, path, told, isCompared }: OpenDocument, what: FixWhat | undefined): Omit<DocumentFixes, "version"> {
    if (what === "jsonl") return toLines(linter.text());
    if (configurations.ignores(path)) return { edits: [], fixed: 0 };
    const severities = configurations.severities(path);
    if (what === undefined) {
      if (told?.fixableInText === 0) return { edits: [], fixed: 0 };
      const { edits, fixed } = fixWith(linter.fork(), { ...origin, severities });
      return { edits, fixed };
    }
    const edits = selectEdits(safeFixes(linter.lint(origin, { severities, withoutLikeness: !isCompared, slowAsBefore: true }).findings.filter(({ rule }) => rule === what.rule)));
    return { edits, fixed: edits.length };
  }

  return {
    take(message) {
      const { document: id } = message;
      switch (message.type) {
        case "open": {
          const { version, text, origin, aim, path } = message;
          documents.get(id)?.due?.();
          const document: OpenDocument = { linter: linterFor(text, aim ?? configurations.target(path), configurations.ruleSettings(path)), version, origin, path, aim, isCompared: false, isDue: false, tallies: [] };
          documents.set(id, document);
          return lintSoon(id, document, 0);
        }
        case "change": {
          const document = documents.get(id);
          // A document that is saved changes as well.
          if (!document || (message.version === document.version && message.changes.length === 0)) return;
          for (const { offset, length, text } of message.changes) document.linter.replace(offset, length, text);
          document.version = message.version;
          if (message.changes.some(({ text }) => text.length > mostTyped)) document.isCompared = false;
          return lintSoon(id, document, pause);
        }
        case "aim": {
          const document = documents.get(id);
          if (!document) return;
          document.aim = message.aim;
          return lintSoon(id, document, 0);
        }
        case "close":
          documents.get(id)?.due?.();
          return void documents.delete(id);
        case "look-at-lines": {
          const { request, first, last } = message;
          const document = current(id);
          if (!document) return send(closed(request));
          const fixable = new Map<string, number>();
          for (const { rule, fixable: count } of document.tallies) fixable.set(rule, (fixable.get(rule) ?? 0) + count);
          return send({ type: "lines-looked-at", request, found: { version: document.version, findings: look(document, first, last).slice(0, mostLookedAt), fixable, fixableInText: document.told?.fixableInText ?? 0 } });
        }
        case "find-file-links": {
          const { request } = message;
          const document = documents.get(id);
          if (!document) return send(closed(request));
          return send({ type: "file-links-found", request, found: { version: document.version, links: fileLinks(document.linter.text(), mostLinks) } });
        }
        case "fix-document": {
          const { request, what } = message;
          const document = current(id);
          if (!document) return send(closed(request));
          return send({ type: "document-fixed", request, fixes: { version: document.version, ...fix(document, what) } });
        }
      }
    },
    configurationChanged() {
      for (const [id, document] of documents) lintSoon(id, document, 0);
    },
  };
}

function linterFor(text: string, name: TargetName, settings: RuleSettings): OpenDocument["linter"] {
  return { ...createIncrementalLinter(text, requireTarget(name), settings), name, settings };
}

function closed(request: number): FromWorker {
  return { type: "failed", request, message: "The document was closed." };
}

function toLines(text: string): Omit<DocumentFixes, "version"> {
  return { edits: [{ range: wholeRange(text), text: [...toJsonLines(sourceOf(text))].join("") }], fixed: 1 };
}

/** Throws a RangeError where there is no target of that name. */
export function requireTarget(name: TargetName): Target {
  const target = targetNamed(name);
  if (!target) throw new RangeError(`There is no target "${name}".`);
  return target;
}
