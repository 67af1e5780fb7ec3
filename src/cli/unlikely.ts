import { localId } from "../launch/local-id.ts";
import { scoreFile } from "../evaluating/score-file.ts";
import { readLearned } from "../workers/read-learned.ts";
import { unchanged } from "../workers/while-unchanged.ts";
import { openDesk } from "./jobs/open-desk.ts";
import { unlikelyJson, unlikelyText } from "./present-unlikely.ts";
import { named, readInput } from "./read-input.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";

export interface UnlikelyOptions {
  readonly format: "text" | "json";
  /** A model of the local engine: base, tuned, or a checkpoint. */
  readonly loss: string;
  /** How many records are listed. */
  readonly suspicious?: number;
}

const usualMost = 30;

/** `tunesmith insights FILE --loss MODEL`: the records that a model finds least likely. Rejects with a FileError for unusable files, or with an Error for the user. */
export async function showUnlikely(argument: string, { format, loss: model, suspicious: most = usualMost }: UnlikelyOptions, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  desk.requireReady(localId);
  const input = await readInput(argument, argument, streams);
  try {
    const checkUnchanged = unchanged(input.path);
    desk.report("scoring the records");
    const found = await named(input, () => scoreFile({ path: input.path, name: input.name, service: localId, model, most }, { open: desk.services.open, readLearned: async (path, limit) => readLearned(path, limit), scored: noteTenths(streams) }, streams.signal));
    checkUnchanged();
    streams.output(format === "json" ? unlikelyJson(input.name, found) : unlikelyText(found));
    return exitCode.clean;
  } finally {
    input.remove();
  }
}

/** Tells the progress when a further tenth is done. */
function noteTenths({ notes }: Pick<Streams, "notes">): (done: number, of: number) => void {
  let told = 0;
  return (done, of) => {
    const tenth = Math.floor((done * 10) / of);
    if (tenth <= told) return;
    told = tenth;
    notes(`${done} of ${of} records …\n`);
  };
}
