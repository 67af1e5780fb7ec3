import { fingerprint } from "../../dataset/fingerprint.ts";
import { createAdaptiveConcurrency, type Waiting } from "../adaptive-concurrency.ts";
import { patiently } from "../ask.ts";
import type { Judgement, ModerationModel } from "./moderation-model.ts";
import { piecesOf } from "./pieces.ts";

/** Where judgements are kept as they come, so that a text is sent once. */
export interface JudgementStore {
  find(key: string): Judgement | undefined;
  /** Rejects when it could not be kept. */
  keep(key: string, judgement: Judgement): Promise<void>;
}

export interface ModerationProgress {
  /** Texts that have their judgement, those kept from before among them, and all. */
  readonly judged: number;
  readonly total: number;
}

export interface Moderation {
  readonly provider: string;
  readonly model: ModerationModel;
  /** Requests under way at the same time at most. */
  readonly concurrency: number;
}

/** What became of a text: a judgement, or the sentence that says why there is none. */
export type Moderated = Judgement | { readonly failure: string };

/** Texts and UTF-16 units of one request: a request that is refused has little to be sent again. */
const most = { texts: 20, units: 40_000 };
/** So many requests that failed before one was answered: the next would fail the same way. */
const failuresWithoutAnswer = 3;

/**
 * Has a model judge texts, each once however often it stands there, and keeps the judgements; those that are kept are not sent. Gives what became of each text. Rejects
 * with the signal's reason when cancelled, and with an Error for the user when the model judges nothing at all; what was judged until then is kept.
 */
export async function moderateTexts(texts: readonly string[], { provider, model, concurrency }: Moderation, store: JudgementStore, onProgress: (progress: ModerationProgress) => void, waiting: Waiting, signal: AbortSignal): Promise<ReadonlyMap<string, Moderated>> {
  signal.throwIfAborted();
  const moderated = new Map<string, Moderated>();
  const unique = new Set(texts);
  for (const text of unique) {
    const kept = store.find(judgementKey(provider, model.id, text));
    if (kept) moderated.set(text, kept);
  }
  const total = unique.size;
  const groups = groupsOf([...unique].filter((text) => !moderated.has(text)));
  const pace = createAdaptiveConcurrency(concurrency, waiting, signal);
  let judged = moderated.size;
  let answered = 0;
  let failed = 0;
  onProgress({ judged, total });
  await Promise.all(groups.map(async (group) => judge(group)));
  return moderated;

  async function judge(group: readonly string[]): Promise<void> {
    const pieces = group.map((text) => piecesOf(text));
    const judgements = await patiently(() => model.judge(pieces.flat(), signal), pace, waiting, signal);
    if ("failure" in judgements) {
      failed += 1;
      if (answered === 0 && failed >= Math.min(failuresWithoutAnswer, groups.length)) {
        const error = new Error(`${provider} judges nothing. The last reason: ${judgements.failure}`);
        pace.end(error);
        throw error;
      }
      for (const text of group) moderated.set(text, judgements);
      return;
    }
    answered += 1;
    let at = 0;
    for (const [index, text] of group.entries()) {
      const count = pieces[index]?.length ?? 0;
      const judgement = together(judgements.slice(at, at + count));
      at += count;
      moderated.set(text, judgement);
      await store.keep(judgementKey(provider, model.id, text), judgement);
    }
    judged += group.length;
    onProgress({ judged, total });
  }
}

/** Names the judgement of one text by one model. */
export function judgementKey(provider: string, model: string, text: string): string {
  return fingerprint(JSON.stringify([provider, model, text]));
}

/** A text is flagged where one of its pieces is. */
function together(judgements: readonly Judgement[]): Judgement {
  const scores = new Map<string, number>();
  for (const { category, score } of judgements.flatMap(({ flagged }) => flagged)) scores.set(category, Math.max(score, scores.get(category) ?? 0));
  return { flagged: [...scores].map(([category, score]) => ({ category, score })).sort((one, other) => other.score - one.score) };
}

function groupsOf(texts: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let units = Infinity;
  for (const text of texts) {
    const last = groups.at(-1);
    if (last && last.length < most.texts && units + text.length <= most.units) last.push(text);
    else {
      groups.push([text]);
      units = 0;
    }
    units += text.length;
  }
  return groups;
}
