import type { Finding } from "../dataset/finding.ts";
import { flaggedFindings } from "../evaluation/moderation/flagged-findings.ts";
import { judgementKey, moderateTexts, type JudgementStore, type ModerationProgress } from "../evaluation/moderation/moderate.ts";
import type { Service } from "../providers/service.ts";
import type { FileTexts } from "../workers/read-said-texts.ts";
import { openJudgements } from "./judgement-file.ts";
import { waiting } from "./waiting.ts";

/** What a moderation check will send; nothing was sent or written for it. */
export interface PreparedModeration {
  readonly service: string;
  readonly model: string;
  readonly file: FileTexts;
  readonly store: JudgementStore;
  /** Texts, and their UTF-16 units, whose judgements are not kept from before. */
  readonly ahead: { readonly texts: number; readonly units: number; readonly kept: number };
}

/** What a moderation check has found. */
export interface ModeratedFile {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Texts that have no judgement, and why the first has none. */
  readonly failed: number;
  readonly reason?: string;
}

/** Requests under way at the same time at most; fewer where the service does not take them. */
const concurrency = 4;

/** Looks which of a file's texts the folder `root` has no judgements of. Rejects with Node's error when these cannot be read. */
export async function prepareModeration(file: FileTexts, service: string, model: string, root: string): Promise<PreparedModeration> {
  const store = await openJudgements(root);
  const unique = [...new Set(file.texts.map(({ text }) => text))];
  const unknown = unique.filter((text) => !store.find(judgementKey(service, model, text)));
  return { service, model, file, store, ahead: { texts: unknown.length, units: unknown.reduce((sum, { length }) => sum + length, 0), kept: unique.length - unknown.length } };
}

/** What is asked before anything leaves the machine: how much of which file goes where. `free` says that the service bills nothing for it. */
export function describeModeration(name: string, { model, ahead: { texts, units, kept } }: PreparedModeration, { title, address, free }: { readonly title: string; readonly address: string; readonly free: boolean }): { readonly question: string; readonly detail: string } {
  const number = (count: number): string => count.toLocaleString("en");
  return {
    question: `Send the texts of ${name} to ${title}?`,
    detail: [
      `${number(texts)} text${texts === 1 ? "" : "s"} of its records, ${number(units)} characters, go to the moderation model ${model} at ${address}; personal data that they hold go along.`,
      free ? `${title} bills nothing for this.` : `Whether ${title} bills this, its price list says.`,
      ...(kept === 0 ? [] : [`${number(kept)} ${kept === 1 ? "was" : "were"} judged before and ${kept === 1 ? "is" : "are"} not sent again.`]),
    ].join(" "),
  };
}

/** Has a service judge the texts, and gives a finding at each that is flagged; what was judged is kept as it comes. Rejects with the signal's reason, or an Error for the user. */
export async function moderateFile({ service, model, file: { texts }, store, ahead }: PreparedModeration, open: (service: string, signal: AbortSignal) => Promise<Pick<Service, "moderation">>, onProgress: (progress: ModerationProgress) => void, signal: AbortSignal): Promise<ModeratedFile> {
  const { moderation } = ahead.texts === 0 ? { moderation: { id: model, judge: () => Promise.resolve([]) } } : await open(service, signal);
  if (!moderation) throw new Error(`${service} has no moderation model. Choose another service.`);
  const moderated = await moderateTexts(texts.map(({ text }) => text), { provider: service, model: moderation, concurrency }, store, onProgress, waiting, signal);
  const failures = [...moderated.values()].flatMap((each) => ("failure" in each ? [each.failure] : []));
  const [reason] = failures;
  return { findings: flaggedFindings(texts, moderated, model), failed: failures.length, ...(reason === undefined ? {} : { reason }) };
}
