import { InvalidArgumentError, Option, type Command } from "commander";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { rejectForUser } from "../jobs/commands.ts";
import type { ExitCode, Streams } from "../streams.ts";
import { UsageError } from "../target.ts";
import { wholeNumber } from "../whole-number.ts";
import type { ExportOptions } from "./export-evaluation.ts";
import type { ImportOptions } from "./import.ts";
import type { EvaluateOptions } from "./evaluate.ts";
import type { ModerateOptions } from "./moderate.ts";

/** Adds `evaluate`. What it needs is loaded when it runs, so that linting starts as fast as before. */
export function addEvaluationCommand(program: Command, streams: Streams, end: (code: ExitCode) => void): void {
  program.command("evaluate").description("has a base and a tuned model answer the same records and says whether one is better; or runs a plan, *.eval.jsonc, of several candidates. Answers are kept, so that the same call goes on where it was cut off")
    .argument("<dataset>", "the test file: chat records that the model was not tuned on; or a plan, *.eval.jsonc, which says all but --format, --out and --baseline itself")
    .option("--service <name>", "who answers: local, or a service of the user's configuration file")
    .option("--base <model>", "the model to compare with")
    .option("--tuned <model>", "the model that is judged")
    .option("--training <file>", "what the tuned model learned from; records that occur there are left out and listed")
    .option("--metric <metric>", "what counts as right: exact-match, normalised-match, contains, starts-with, label, numeric-match, json-valid, json-match, tool-calls, tool-calls-valid, no-refusal or same-language; or with parameters, as JSON: {\"metric\":\"regex\",\"pattern\":\"…\"}, and likewise label, numeric-match, json-schema, tool-calls, length, expression", "exact-match")
    .option("--also <metrics>", "metrics that are judged together with it, with commas between them: one of those, or a score: token-f1, field-f1, edit-similarity, chrf, bleu, rouge-l, length; or perplexity, of models of the local engine; or a list of them as JSON")
    .option("--slices <fields>", "fields of the records by which the score is told apart, with commas between them, such as topic or metadata.language; label, length and system prompt always are")
    .option("--seed <number>", "goes with every request", wholeNumber(0), 0)
    .option("--max-tokens <number>", "the most tokens of an answer", wholeNumber(1), 64)
    .option("--concurrency <number>", "requests under way at the same time", wholeNumber(1), 8)
    .option("--batch", "sends the questions as a batch of each model: the service answers within 24 hours, and OpenAI bills half")
    .addOption(new Option("--format <format>", "how the result is written").choices(["text", "json"]).default("text"))
    .option("--out <file>", "where the report is saved (default: under .tunesmith/evaluations, where the editor finds it); a name that ends with .md, .html, .csv, .jsonl or promptfooconfig.yaml has it there in that form too")
    .option("--fail-under <share>", "ends with 1 when the tuned model has a smaller share of the records right, from 0 to 1; a record without an answer is not right", readShare)
    .option("--baseline <run>", "ends with 1 when the tuned model, or of a plan a candidate, is significantly worse than in an earlier report on the records that both have; last is the last run of the same plan or models")
    .action((dataset: string, options: EvaluateOptions, command: Command) => {
      const act = async (): Promise<ExitCode> => {
        if (!dataset.endsWith(planFileEnding)) return (await import("./evaluate.ts")).evaluate(dataset, options, streams);
        const foreign = command.options.find((option) => !["format", "out", "baseline"].includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === "cli");
        if (foreign) throw new UsageError(`${foreign.long} does not go with a plan; say it in ${dataset}.`);
        return (await import("./evaluate-plan.ts")).evaluatePlan(dataset, options, streams);
      };
      return act().then(end, rejectForUser);
    });
  program.command("moderate").description("has a service's moderation model look at what the records say, and names the texts that it flags; says what would be sent where, and asks, before anything is")
    .argument("<file>", "a dataset of any format that the target takes")
    .requiredOption("--service <name>", "whose moderation: a service of the user's configuration file")
    .addOption(new Option("--target <target>", "the provider that the dataset is for (default: what the configuration says, else openai)"))
    .addOption(new Option("--method <method>", "the training method (default: what the configuration says, else sft)"))
    .addOption(new Option("--format <format>", "how the findings are written").choices(["text", "json", "sarif"]).default("text"))
    .option("--yes", "sends without asking")
    .action((file: string, options: ModerateOptions) => import("./moderate.ts").then(({ moderate }) => moderate(file, options, streams)).then(end, rejectForUser));
  program.command("export-evaluation").description("writes a saved report in another form, with what people said of its answers; as Markdown to the output without --out")
    .argument("<report>", "a report as evaluate saves it: JSON, under .tunesmith/evaluations")
    .option("--out <file>", "where it is written; how the name ends says the form: .md, .html, .csv, .jsonl or promptfooconfig.yaml")
    .action((report: string, options: ExportOptions) => import("./export-evaluation.ts").then(({ exportEvaluation }) => exportEvaluation(report, options, streams)).then(end, rejectForUser));
  program.command("import-evaluation").description("makes an evaluation plan and its test file of another tool's definition; says what could not be taken over")
    .argument("<file>", "a configuration of promptfoo's (YAML or JSON), or of OpenAI Evals a registry entry (YAML) or samples (.jsonl)")
    .requiredOption("--out <plan>", "the plan, *.eval.jsonc; the records are written beside it")
    .option("--service <name>", "who answers: local, or a service of the user's configuration file", "local")
    .action((file: string, options: ImportOptions) => import("./import.ts").then(({ importEvaluation }) => importEvaluation(file, options, streams)).then(end, rejectForUser));
}

function readShare(text: string): number {
  const share = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || share > 1) throw new InvalidArgumentError("A number from 0 to 1 is expected, such as 0.8.");
  return share;
}
