import { relative } from "node:path";
import type { Severity } from "../dataset/finding.ts";
import { sideOf, sides } from "../dataset/similarity/side.ts";
import type { FoundConfiguration } from "../workers/configuration/find.ts";
import { ruleSettingsOf } from "../workers/configuration/schema.ts";
import { describeFileError, FileError } from "../workers/file-error.ts";
import { lintFile } from "../workers/lint-file.ts";
import { openLeakSearch, type OpenLeakSearch } from "../workers/open-leak-search.ts";
import { lintFileInThreads } from "../workers/ranges/lint-in-threads.ts";
import { unchanged } from "../workers/while-unchanged.ts";
import { findFiles, findListed, type Found } from "./find-files.ts";
import { presentJson } from "./present-json.ts";
import { presentSarif } from "./present-sarif.ts";
import { presentText } from "./present-text.ts";
import { named, readInput, standardInput, type Input } from "./read-input.ts";
import { readSettings, type Settings, type SettingsOptions } from "./settings.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count, summarise, type Complaint, type LintedFile } from "./summary.ts";
import { UsageError } from "./target.ts";

export interface LintOptions extends SettingsOptions {
  readonly format: "text" | "json" | "sarif";
  /** More warnings than this end with exit code 1 too; without it, what the configurations say counts. */
  readonly maxWarnings?: number;
  /** Whether the rules that compare texts of records with one another, or search every text, are left out. */
  readonly quick?: boolean;
  /** Whether only errors are written; warnings still count for `maxWarnings`. */
  readonly quiet?: boolean;
  /** How standard input is called, and whose folder's configuration it is checked by. */
  readonly stdinFilename?: string;
}

/** What a run has found so far. */
interface Run {
  readonly linted: (LintedFile & { readonly place: number; readonly configuration: FoundConfiguration | undefined })[];
  readonly complaints: Complaint[];
  readonly inputs: Input[];
  /** What compares the files with one another, by the similarity that it is after; none where all files are on one side. */
  readonly leaks: Map<number, OpenLeakSearch> | undefined;
}

/** `tunesmith lint`: judges what can be opened by its findings; what cannot is named, and the other files are still reported. */
export async function lint(written: readonly string[], options: LintOptions, streams: Streams): Promise<ExitCode> {
  const settings = readSettings(options);
  const found = await findAll(written, settings);
  const order = options.quick === true ? found : inOrderOfSides(found);
  const run: Run = { linted: [], complaints: [], inputs: [], leaks: order === found ? undefined : new Map() };
  const complain = (path: string, message: string): void => {
    run.complaints.push({ path, message });
    streams.notes(`${message}\n`);
  };
  try {
    for (const each of order) {
      if ("unmatched" in each) complain(each.unmatched, `No file matches ${each.unmatched}.`);
      else await lintOne(each.path, found.indexOf(each), settings, options, streams, run).catch((error: unknown) => {
        if (!(error instanceof FileError)) throw error;
        complain(each.path, describeFileError("read", each.path, error));
      });
    }
    // What is told stands in the order of the arguments, whatever order they were read in.
    run.linted.sort((a, b) => a.place - b.place);
    writeAll(present(options.quiet ? run.linted.map(onlyErrors) : run.linted, run.complaints, options.format, streams), streams);
  } finally {
    for (const search of run.leaks?.values() ?? []) search.close();
    for (const { remove } of run.inputs) remove();
  }
  if (run.complaints.length > 0) return exitCode.unusable;
  if (summarise(run.linted).errors > 0) return exitCode.errorsFound;
  const excess = options.maxWarnings === undefined ? configuredExcess(run) : excessOf(run.linted, options.maxWarnings, "--max-warnings");
  if (excess === undefined) return exitCode.clean;
  streams.notes(`${excess}\n`);
  return exitCode.errorsFound;
}

/** Training data first, then validation and then test data, so that each file finds those before it; the same list where all are on one side. */
function inOrderOfSides(found: readonly Found[]): readonly Found[] {
  const rank = (each: Found): number => ("unmatched" in each ? 0 : sides.indexOf(sideOf(each.path)));
  const ranks = new Set(found.filter((each) => "path" in each).map(rank));
  return ranks.size < 2 ? found : [...found].sort((a, b) => rank(a) - rank(b));
}

/** What the arguments mean; without any, what the configuration lists. */
async function findAll(written: readonly string[], settings: Settings): Promise<readonly Found[]> {
  if (written.length > 0) return findFiles(written);
  const configuration = settings.forFolder(process.cwd());
  const { files = [], ignore = [] } = configuration?.settings ?? {};
  if (!configuration || files.length === 0) throw new UsageError('Name the files to check, or list them as "files" in tunesmith.jsonc.');
  const listed = await findListed(configuration.folder, files, ignore);
  return listed.length > 0 ? listed.map((path) => ({ path })) : files.map((pattern) => ({ unmatched: `${pattern}, which ${nameOf(configuration)} lists` }));
}

async function lintOne(argument: string, place: number, settings: Settings, { stdinFilename = standardInput, quick = false }: LintOptions, streams: Streams, { linted, inputs, leaks }: Run): Promise<void> {
  const name = argument === standardInput ? stdinFilename : argument;
  const { target, configuration } = settings.forFile(name);
  if (configuration?.ignores(name)) {
    streams.notes(`${name} is not checked: ${nameOf(configuration)} ignores it.\n`);
    return;
  }
  const input = await readInput(argument, stdinFilename, streams);
  inputs.push(input);
  const { rangeWorker } = streams;
  const rules = ruleSettingsOf(configuration?.settings);
  const search = leaks && (leaks.get(rules.similarity) ?? openLeakSearch(rules.similarity));
  if (search) leaks.set(rules.similarity, search);
  const options = { quick, severities: configuration?.settings.rules, settings: rules, leaks: search && (() => search.begin(name, sideOf(name))) };
  const result = await named(input, async () => {
    const checkUnchanged = unchanged(input.path);
    const found = rangeWorker ? await lintFileInThreads(input.path, target, rangeWorker, options) : lintFile(input.path, target, options);
    checkUnchanged();
    return found;
  });
  linted.push({ path: name, place, result, ...(input.isCopy ? { copy: input.path } : {}), configuration });
}

function present(linted: readonly LintedFile[], complaints: readonly Complaint[], format: LintOptions["format"], streams: Streams): Iterable<string> {
  if (format === "json") return presentJson(linted, complaints);
  return format === "sarif" ? presentSarif(linted, complaints, { rulePage: streams.rulePage }) : presentText(linted, streams);
}

function onlyErrors(file: LintedFile): LintedFile {
  const isError = ({ severity }: { readonly severity: Severity }): boolean => severity === "error";
  return { ...file, result: { ...file.result, findings: file.result.findings.filter(isError), tallies: file.result.tallies.filter(isError) } };
}

/** The first configuration whose files have more warnings than it allows, in words. */
function configuredExcess({ linted }: Run): string | undefined {
  for (const configuration of new Set(linted.map((file) => file.configuration))) {
    const most = configuration?.settings.maxWarnings;
    if (!configuration || most === undefined) continue;
    const excess = excessOf(linted.filter((file) => file.configuration === configuration), most, nameOf(configuration));
    if (excess !== undefined) return excess;
  }
  return undefined;
}

function excessOf(files: readonly LintedFile[], most: number, who: string): string | undefined {
  const { warnings } = summarise(files);
  return warnings > most ? `${count(warnings, "warning")}, and ${who} allows ${most}.` : undefined;
}

/** A configuration's path from where the command is run. */
function nameOf({ path }: FoundConfiguration): string {
  return relative(process.cwd(), path) || path;
}

/** Writes the pieces some at a time: one write for each would be slow, and one for all of them may be longer than a string can be. */
function writeAll(pieces: Iterable<string>, { output }: Streams): void {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 16) continue;
    output(text);
    text = "";
  }
  output(text);
}
