import { Command, CommanderError, Option } from "commander";
import { version } from "../../package.json";
import { ConfigurationError } from "../workers/configuration/find.ts";
import { targetFormats } from "../dataset/convert/index.ts";
import { FileError } from "../workers/file-error.ts";
import { addEvaluationCommand } from "./evaluation/command.ts";
import { addJobCommands, JobError, rejectForUser } from "./jobs/commands.ts";
import { addShapeCommands } from "./shape/commands.ts";
import type { ConvertOptions } from "./convert.ts";
import { compareTargets } from "./every-target.ts";
import { fix, type FixOptions } from "./fix.ts";
import type { InsightsOptions } from "./insights.ts";
import { lint, type LintOptions } from "./lint.ts";
import { listRules, listTargets } from "./lists.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { UsageError } from "./target.ts";
import { wholeNumber } from "./whole-number.ts";

/** Runs the command line `tunesmith …` and gives its exit code: 0 without errors, 1 with errors found, 2 for wrong usage or unusable files. */
export async function runProgram(parameters: readonly string[], streams: Streams): Promise<ExitCode> {
  let code: ExitCode = exitCode.clean;
  try {
    await createProgram(streams, (ended) => (code = ended)).parseAsync(parameters, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.unusable;
    const told = error instanceof UsageError || error instanceof ConfigurationError || error instanceof FileError || error instanceof JobError;
    streams.notes(told ? `${error.message}\n` : `Tunesmith failed, which it should not; please report this.\n${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCode.unusable;
  }
}

/** The commands with their options; `end` is told how a command ended. */
export function createProgram(streams: Streams, end: (code: ExitCode) => void): Command {
  const program = new Command("tunesmith")
    .description("Checks, fixes and converts fine-tuning datasets; estimates, starts and watches fine-tuning jobs; evaluates models.")
    .version(version)
    .configureOutput({ writeOut: streams.output, writeErr: streams.notes, getOutHelpWidth: () => streams.columns, getErrHelpWidth: () => streams.columns })
    .showHelpAfterError("(tunesmith --help shows how)")
    .exitOverride();
  const checking = (command: Command): Command =>
    command
      .addOption(new Option("--target <target>", "the provider that the dataset is for (default: what the configuration says, else openai)"))
      .addOption(new Option("--method <method>", "the training method (default: what the configuration says, else sft)"))
      .addOption(new Option("--config <file>", "a configuration for every file, instead of the tunesmith.jsonc that is nearest to each"))
      .addOption(new Option("--no-config", "as if there were no tunesmith.jsonc"))
      .addOption(new Option("--stdin-filename <name>", "how standard input is called, and whose folder's tunesmith.jsonc counts"));

  checking(program.command("lint").description("says what a provider will refuse and what will spoil the model"))
    .argument("[files...]", "JSONL files, patterns such as data/*.jsonl, or - for standard input; packed with gzip or not. Without any, those that tunesmith.jsonc lists")
    .addOption(new Option("--format <format>", "how the findings are written").choices(["text", "json", "sarif"]).default("text"))
    .addOption(new Option("--quick", "leaves out what compares the texts of records with one another or searches them for personal data and secrets; duplicates are found all the same"))
    .addOption(new Option("--quiet", "writes errors only; warnings still count for --max-warnings"))
    .addOption(new Option("--max-warnings <number>", "more warnings than this count as errors").argParser(wholeNumber(0)))
    .action(async (files: string[], options: LintOptions) => {
      end(await lint(files, options, streams));
    });
  checking(program.command("fix").description("applies every safe fix; the file itself stays as it is"))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not")
    .requiredOption("--out <file>", "where the repaired file is written, unpacked")
    .action(async (file: string, options: FixOptions) => {
      end(await fix(file, options, streams));
    });
  program.command("convert").description("writes a dataset or a table in another format, all of it or nothing")
    .argument("<file>", "a dataset of any known format, or a table: JSON Lines, a JSON array, CSV, TSV, Parquet")
    .requiredOption("--to <format>", `the format: ${targetFormats.map(({ id }) => id).join(", ")}`)
    .option("--map <pairs>", "for a table: which column is said by whom, such as user=text,assistant=category")
    .option("--system <text>", "for a table: the system message of every record")
    .option("--allow-loss", "leaves out what the format cannot hold, where a record is refused otherwise")
    .requiredOption("--out <file>", "where the dataset is written")
    .action(async (file: string, options: ConvertOptions) => {
      // Loaded when it is used, so that linting starts without the readers of tables.
      const { convert } = await import("./convert.ts");
      end(await convert(file, options, streams));
    });
  program.command("insights").description("says what the records are like: tokens, turns, roles, labels, system prompts, languages, tools, and what constant text costs")
    .argument("<file>", "a dataset of any known format, or - for standard input; packed with gzip or not")
    .addOption(new Option("--target <target>", "the provider whose tokens and prices count (default: what the configuration says, else openai)"))
    .addOption(new Option("--method <method>", "the training method (default: what the configuration says, else sft)"))
    .addOption(new Option("--format <format>", "how the figures are written").choices(["text", "json"]).default("text"))
    .addOption(new Option("--suspicious <number>", "lists so many records instead whose labels are probably wrong, the most suspicious first").argParser(wholeNumber(0)))
    .option("--loss <model>", "lists by the loss under a model of the local engine, such as the one that was tuned on the file: records that it finds unlikely are often mistakes (30, or as many as --suspicious says)")
    .action(async (file: string, { loss, ...options }: InsightsOptions & { readonly loss?: string }) => {
      if (loss !== undefined) return end(await (await import("./unlikely.ts")).showUnlikely(file, { ...options, loss }, streams).catch(rejectForUser));
      // Loaded when it is used: what counts tokens and tells languages is large.
      const { showInsights } = await import("./insights.ts");
      end(await showInsights(file, options, streams));
    });
  const listFormat = () => new Option("--format <format>", "how the list is written").choices(["text", "json"]).default("text");
  program.command("rules").description("lists what is looked for").addOption(listFormat()).action(({ format }: { format: "text" | "json" }) => {
    end(listRules(format, streams));
  });
  program.command("targets").description("lists the providers and methods that datasets are checked for; with a file, which of them take it, and why the others do not")
    .argument("[file]", "a JSONL file, or - for standard input; packed with gzip or not")
    .addOption(listFormat())
    .action(async (file: string | undefined, { format }: { format: "text" | "json" }) => {
      end(file === undefined ? listTargets(format, streams) : await compareTargets(file, format, streams));
    });
  addShapeCommands(program, streams, end);
  addJobCommands(program, streams, end);
  addEvaluationCommand(program, streams, end);
  return program;
}
