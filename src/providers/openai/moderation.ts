import * as z from "zod";
import type { Judgement, ModerationModel } from "../../evaluation/moderation/moderation-model.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import type { Client } from "./client.ts";
import { moderationModel } from "./moderation-model.ts";

const result = z.object({
  flagged: z.boolean(),
  categories: z.record(z.string(), z.boolean().nullable().catch(null)).catch({}),
  category_scores: z.record(z.string(), z.number().catch(0)).catch({}),
});
const answer = z.object({ results: z.array(result) });

/** The moderation of OpenAI's API; texts are sent as they are, and each request once. Source: OpenAI's specification, `/moderations`. */
export function createModeration(endpoint: Endpoint, client: Client): ModerationModel {
  return {
    id: moderationModel,
    async judge(texts, signal) {
      const read = answer.safeParse(await client.post("/moderations", { model: moderationModel, input: texts }, AbortSignal.any([signal])));
      if (!read.success || read.data.results.length !== texts.length) throw unreadable(endpoint, "a judgement of each text");
      return read.data.results.map(toJudgement);
    },
  };
}

function toJudgement({ flagged, categories, category_scores: scores }: z.infer<typeof result>): Judgement {
  const named = Object.entries(categories).filter(([, is]) => is === true).map(([category]) => ({ category, score: scores[category] ?? 0 }));
  // A category that this does not know is flagged all the same.
  if (flagged && named.length === 0) return { flagged: [{ category: "unnamed", score: Math.max(0, ...Object.values(scores)) }] };
  return { flagged: named.sort((one, other) => other.score - one.score) };
}
