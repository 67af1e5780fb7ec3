import { InvalidArgumentError, Option, type Command } from "commander";
import type { ExitCode, Streams } from "../streams.ts";
import { rejectForUser } from "../jobs/commands.ts";
import { wholeNumber } from "../whole-number.ts";
import type { ShapeOptions, SplitOptions } from "./shape.ts";

/** Adds the commands that make datasets of datasets. What they need is loaded when they run. */
export function addShapeCommands(program: Command, streams: Streams, end: (code: ExitCode) => void): void {
  const shape = async (kind: "sample" | "balance" | "shuffle" | "filter" | "rename" | "merge" | "approved" | "deduplicate", files: readonly string[], options: ShapeOptions): Promise<void> => {
    await import("./shape.ts").then(({ shapeFile }) => shapeFile(kind, files, options, streams)).then(end, rejectForUser);
  };
  const making = (command: Command): Command => command.requiredOption("--out <file>", "where the dataset is written").option("--dry-run", "says what would be written, and writes nothing");
  const seeded = (command: Command): Command => command.option("--seed <number>", "another seed chooses others", wholeNumber(0), 1);
  const told = (command: Command): Command => command.option("--by <key>", "what tells records apart: a key such as label or metadata.topic, or none (default: the answer, where answers are labels)");

  told(seeded(program.command("split").description("writes a dataset in parts, for training and for what is kept back; each label is in all of them in proportion, and records that are equal or nearly equal, that ask the same, or that are of one conversation, are in one"))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not"))
    .addOption(new Option("--validation <amount>", "how much is kept back for validation: a share such as 0.1 or 10%, or a number of records").default("10%"))
    .option("--test <amount>", "how much is kept back for tests, likewise")
    .option("--out <folder>", "where the parts are written (default: beside the file), as NAME.train.jsonl, NAME.validation.jsonl and NAME.test.jsonl")
    .option("--frozen <list>", "a file of hashes: where it is there, what it lists is kept back and nothing else; where not, it is written")
    .option("--similarity <number>", "from which Jaccard similarity of their runs of five words records are nearly equal", readSimilarity, 0.8)
    .option("--dry-run", "says what would be written, and writes nothing")
    .action((file: string, options: SplitOptions) => import("./shape.ts").then(({ splitFile }) => splitFile(file, options, streams)).then(end, rejectForUser));
  told(seeded(making(program.command("sample").description("writes some records of a dataset, each label in proportion")))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not"))
    .requiredOption("--records <amount>", "how many: a number, or a share such as 0.1 or 10%")
    .action((file: string, options: ShapeOptions) => shape("sample", [file], options));
  told(seeded(making(program.command("balance").description("writes as many records of each label as of the rarest, or as many as are asked for at most")))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not"))
    .option("--most <number>", "the most records of one label", wholeNumber(1))
    .action((file: string, options: ShapeOptions) => shape("balance", [file], options));
  seeded(making(program.command("shuffle").description("writes the records of a dataset in another order")))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not")
    .action((file: string, options: ShapeOptions) => shape("shuffle", [file], options));
  making(program.command("filter").description("writes the records for which a condition holds"))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not")
    .requiredOption("--where <condition>", "in the Common Expression Language, such as 'size(messages) > 2 && !answer.contains(\"sorry\")'; a record's keys, record, answer, line and characters are known")
    .action((file: string, options: ShapeOptions) => shape("filter", [file], options));
  making(program.command("rename").description("writes a dataset with keys renamed; nothing else changes"))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not")
    .requiredOption("--keys <pairs>", "old=new with commas between, such as instruction=prompt,output=completion; in lists and objects conversations.from=role")
    .action((file: string, options: ShapeOptions) => shape("rename", [file], options));
  making(program.command("deduplicate").description("writes one of each set of records that are equal or nearly equal: the first"))
    .argument("<file>", "a JSONL file, or - for standard input; packed with gzip or not")
    .option("--similarity <number>", "from which Jaccard similarity of their runs of five words records are nearly equal", readSimilarity, 0.8)
    .action((file: string, options: ShapeOptions) => shape("deduplicate", [file], options));
  making(program.command("approved").description("writes the records that reviewers have approved as they are, and none has rejected"))
    .argument("<file>", "a JSONL file with reviews beside it")
    .action((file: string, options: ShapeOptions) => shape("approved", [file], options));
  making(program.command("merge").description("writes the records of several datasets of one format, one after the other"))
    .argument("<files...>", "JSONL files, or patterns such as data/*.jsonl; packed with gzip or not")
    .option("--unique", "leaves out records that equal an earlier one")
    .action((files: string[], options: ShapeOptions) => shape("merge", files, options));
  program.command("import-logs").description("makes chat records of what models were asked and answered in production: of each conversation its last state, once; says what was left out and why")
    .argument("<files...>", "logs in JSON Lines, JSON, CSV or Parquet, or patterns: OpenAI's stored completions and responses, logs of request and response, Langfuse's observations, OpenTelemetry's spans")
    .requiredOption("--out <file>", "where the dataset is written")
    .action((files: string[], { out }: { readonly out: string }) => import("./import-logs.ts").then(({ importLogFiles }) => importLogFiles(files, out, streams)).then(end, rejectForUser));
}

function readSimilarity(text: string): number {
  const similarity = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || similarity < 0.5 || similarity > 1) throw new InvalidArgumentError("A number from 0.5 to 1 is expected.");
  return similarity;
}
