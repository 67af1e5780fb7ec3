import { countVerdicts, type EveryTarget, type Reason, type Verdict } from "../dataset/every-target.ts";
import { targets } from "../dataset/targets/index.ts";
import { checkEveryTarget } from "../workers/check-every-target.ts";
import { visible } from "./excerpt.ts";
import { named, readInput } from "./read-input.ts";
import { readSettings } from "./settings.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { createPaint, type Style } from "./terminal.ts";

const words: Readonly<Record<Verdict, string>> = { taken: "as it is", "after-fixes": "after safe fixes", refused: "no" };
const styles: Readonly<Record<Verdict, Style>> = { taken: "bold", "after-fixes": "yellow", refused: "red" };

/** Reasons that are written of one target; the rest is in the JSON. */
const mostReasons = 3;

/** `tunesmith targets FILE`: which targets take a file as it is, after safe fixes, or not, and why. Rejects with a FileError for unusable files. */
export async function compareTargets(argument: string, format: "text" | "json", streams: Streams): Promise<ExitCode> {
  const { configuration } = readSettings({}).forFile(argument);
  const input = await readInput(argument, argument, streams);
  try {
    const every = await named(input, () => checkEveryTarget({ path: input.path }, { severities: configuration?.settings.rules }));
    streams.output(format === "json" ? toJson(input.name, every) : toText(input.name, every, streams));
    return exitCode.clean;
  } finally {
    input.remove();
  }
}

function toText(name: string, every: EveryTarget, { colour }: Pick<Streams, "colour">): string {
  const paint = createPaint(colour);
  const verdictWidth = Math.max(...Object.values(words).map((text) => text.length));
  const targetWidth = Math.max(...every.targets.map(({ target }) => target.length));
  const reasonLine = ({ rule, count: number, message, place }: Reason): string =>
    `${" ".repeat(verdictWidth + 4)}${place ? `${place.line + 1}:${place.character + 1} ` : ""}${visible(message)} ${paint("dim", `[${rule}${number > 1 ? ` × ${number}` : ""}]`)}\n`;
  const { taken, "after-fixes": after, refused } = countVerdicts(every);
  let text = `${visible(name)}: ${every.formatTitle ?? "unknown format"}, ${count(every.records, "record")}\n`;
  for (const { target, title, verdict, beginning, reasons } of every.targets) {
    text += `  ${paint(styles[verdict], words[verdict].padEnd(verdictWidth))}  ${target.padEnd(targetWidth)}  ${title}${beginning === undefined ? "" : paint("dim", `, by the first ${count(beginning, "record")}`)}\n`;
    if (verdict === "taken") continue;
    for (const reason of reasons.slice(0, mostReasons)) text += reasonLine(reason);
    if (reasons.length > mostReasons) text += `${" ".repeat(verdictWidth + 4)}… and ${count(reasons.length - mostReasons, "more rule")}\n`;
  }
  const how = every.judgedBy === "counting" && after > 0 ? " (each error has one; the file is too large, or its bytes too damaged, to make them for each target)" : "";
  return `${text}${taken} as it is, ${after} after safe fixes${how}, ${refused} not at all.\n`;
}

function toJson(path: string, { formatTitle, records, judgedBy, targets: judged }: EveryTarget): string {
  const known = judged.map(({ target: name, verdict, errors, warnings, beginning, reasons }) => {
    const target = targets.find(({ id, method }) => `${id}/${method}` === name);
    return {
      target: target?.id, method: target?.method, verdict, errors, warnings, ...(beginning === undefined ? {} : { judgedRecords: beginning }),
      reasons: reasons.map(({ place, ...reason }) => ({ ...reason, ...(place ? { line: place.line + 1, column: place.character + 1 } : {}) })),
    };
  });
  return `${JSON.stringify({ path, format: formatTitle, records, judgedBy, targets: known })}\n`;
}
