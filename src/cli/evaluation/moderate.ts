import { resolve } from "node:path";
import { createFindingSink } from "../../dataset/finding-sink.ts";
import { flaggedContent } from "../../evaluation/moderation/flagged-findings.ts";
import { describeModeration, moderateFile, prepareModeration } from "../../evaluating/moderate-file.ts";
import { moderationOfferOf } from "../../providers/moderation-offer.ts";
import { readSaidTexts } from "../../workers/read-said-texts.ts";
import { openDesk } from "../jobs/open-desk.ts";
import { presentJson } from "../present-json.ts";
import { presentSarif } from "../present-sarif.ts";
import { presentText } from "../present-text.ts";
import { named, readInput } from "../read-input.ts";
import { readSettings, type SettingsOptions } from "../settings.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import type { Complaint, LintedFile } from "../summary.ts";
import { UsageError } from "../target.ts";

export interface ModerateOptions extends Pick<SettingsOptions, "target" | "method"> {
  readonly service: string;
  readonly format: "text" | "json" | "sarif";
  readonly yes?: boolean;
}

/** `tunesmith moderate`: the editor's Check Content With a Moderation Model. Ends with 1 where a text is flagged, and with 2 where one could not be judged, or without the user's word. */
export async function moderate(path: string, { service, format, yes = false, ...aim }: ModerateOptions, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  const known = desk.named.find(({ id }) => id === service);
  const offer = known && moderationOfferOf(known);
  if (!known || !offer) {
    const able = desk.named.filter((each) => moderationOfferOf(each)).map(({ id }) => id);
    throw new UsageError(`${known ? `${service} has no moderation model.` : `There is no service "${service}".`} ${able.length > 0 ? `With one there may be: ${able.join(", ")}` : "No service of your configuration has one."}`);
  }
  const { target } = readSettings(aim).forFile(path);
  const input = await readInput(path, path, streams);
  try {
    const file = await named(input, () => readSaidTexts(input.path, target));
    if (file.unread.length > 0) streams.notes(`${file.unread.length} of ${file.records} records, the first in line ${(file.unread[0] ?? 0) + 1}, are none that ${target.title} takes; their texts are not looked at. "lint" says why.\n`);
    const prepared = await prepareModeration(file, service, offer.model, desk.projectOf(resolve(path)));
    if (prepared.ahead.texts > 0) {
      const { question, detail } = describeModeration(path, prepared, { title: known.title, address: known.baseURL ?? "", free: offer.free });
      streams.notes(`${detail}\n`);
      if (!yes && !(await streams.confirm(question))) {
        streams.notes("Nothing was sent. With --yes it is sent without asking.\n");
        return exitCode.unusable;
      }
    }
    const { findings, failed, reason } = await moderateFile(prepared, desk.services.open, noteTenths(streams), streams.signal);
    const sink = createFindingSink();
    for (const finding of findings) sink.add(finding);
    const found: LintedFile = { path, result: { ...sink.finish(), format: undefined, formatTitle: undefined, records: file.records, linted: file.records }, ...(input.isCopy ? { copy: input.path } : {}) };
    const complaints: Complaint[] = failed === 0 ? [] : [{ path, message: `${failed} texts of ${path} could not be judged. The first reason: ${reason}` }];
    for (const { message } of complaints) streams.notes(`${message}\n`);
    const pieces = format === "json" ? presentJson([found], complaints) : format === "sarif" ? presentSarif([found], complaints, { rules: [flaggedContent] }) : presentText([found], streams);
    for (const piece of pieces) streams.output(piece);
    return failed > 0 ? exitCode.unusable : findings.length > 0 ? exitCode.errorsFound : exitCode.clean;
  } finally {
    input.remove();
  }
}

function noteTenths({ notes }: Pick<Streams, "notes">): (progress: { readonly judged: number; readonly total: number }) => void {
  let told = 0;
  return ({ judged, total }) => {
    const tenth = total === 0 ? 0 : Math.floor((judged * 10) / total);
    if (tenth <= told) return;
    told = tenth;
    notes(`${judged} of ${total} texts …\n`);
  };
}
