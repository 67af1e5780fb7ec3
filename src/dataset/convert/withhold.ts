import type { Conversation, MediaPart, Part, Turn } from "./conversation.ts";
import { features, type Feature } from "./features.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { Lose } from "./loss.ts";
import { callsOfResults } from "./tool-links.ts";

const featureOfMedia = { image: "images", video: "videos", audio: "audio", document: "documents" } as const satisfies Record<MediaPart["kind"], Feature>;

/** The conversation without what a format cannot hold; each thing that is taken away is told with its place. */
export function withhold(conversation: Conversation, title: string, holds: ReadonlySet<Feature>, lose: Lose): Conversation {
  const missing = (feature: Feature, path: string): void => lose(path, `${title} has no place for ${features[feature]}`);
  const reduce = (turns: readonly Turn[]): readonly Turn[] => turns.flatMap((turn) => reduceTurn(turn, turns, holds, missing));
  const { parallelToolCalls, preference, label } = conversation;

  if (!holds.has("tools")) for (const { path } of conversation.tools) missing("tools", path);
  const tools = !holds.has("tools") ? [] : conversation.tools.map((tool) => {
    if (tool.strict === undefined || holds.has("strict-tools")) return tool;
    missing("strict-tools", `${tool.path}.strict`);
    const { strict: _, ...rest } = tool;
    return rest;
  });
  if (parallelToolCalls && !holds.has("parallel-tool-calls")) missing("parallel-tool-calls", parallelToolCalls.path);
  if (preference && !holds.has("rejected-answers")) missing("rejected-answers", preference.path);
  if (label && !holds.has("labels")) missing("labels", label.path);

  const said = preference && !holds.has("rejected-answers") ? [...conversation.turns, ...preference.preferred] : conversation.turns;
  return {
    turns: holds.has("several-systems") ? reduce(said) : withOneSystem(reduce(said), title, lose),
    tools,
    ...(parallelToolCalls && holds.has("parallel-tool-calls") ? { parallelToolCalls } : {}),
    ...(preference && holds.has("rejected-answers") ? { preference: { ...preference, preferred: reduce(preference.preferred), rejected: reduce(preference.rejected) } } : {}),
    ...(label && holds.has("labels") ? { label } : {}),
  };
}

function reduceTurn(turn: Turn, turns: readonly Turn[], holds: ReadonlySet<Feature>, missing: (feature: Feature, path: string) => void): readonly Turn[] {
  if (turn.speaker === "tool" && !holds.has("tool-calls")) {
    missing("tool-calls", turn.path);
    return [];
  }
  const { name, weight, refusal, reasoning, calls, resultOf, path } = turn;
  const developer = turn.speaker === "developer" && !holds.has("developer-role");
  if (developer) missing("developer-role", path);
  // The name of a tool's turn says nothing new when it is that of the tool called.
  const named = name !== undefined && !(turn.speaker === "tool" && callsOfResults(turns).get(turn)?.name === name);
  if (named && !holds.has("names")) missing("names", `${path}.name`);
  if (weight && !holds.has("weights")) missing("weights", `${path}.weight`);
  if (refusal !== undefined && !holds.has("refusals")) missing("refusals", `${path}.refusal`);
  if (reasoning && !holds.has("reasoning")) missing("reasoning", `${path}.${reasoning.key}`);
  if (calls && !holds.has("tool-calls")) for (const call of calls) missing("tool-calls", call.path);
  const parts = reduceParts(turn, holds, missing);
  const reduced: Turn = {
    speaker: developer ? "system" : turn.speaker,
    path,
    parts,
    ...(name !== undefined && holds.has("names") ? { name } : {}),
    ...(weight && holds.has("weights") ? { weight } : {}),
    ...(refusal !== undefined && holds.has("refusals") ? { refusal } : {}),
    ...(reasoning && holds.has("reasoning") ? { reasoning } : {}),
    ...(calls && holds.has("tool-calls") ? { calls } : {}),
    ...(resultOf === undefined ? {} : { resultOf }),
  };
  const emptied = saysNothing(reduced) && !saysNothing(turn);
  return emptied ? [] : [reduced];
}

function saysNothing({ parts, refusal, calls }: Turn): boolean {
  return parts.length === 0 && refusal === undefined && calls === undefined;
}

function reduceParts({ parts, path }: Turn, holds: ReadonlySet<Feature>, missing: (feature: Feature, path: string) => void): readonly Part[] {
  const kept = parts.flatMap((part): readonly Part[] => {
    if (part.kind === "text") return [part];
    const feature = part.kind === "foreign" ? "openai-parts" : featureOfMedia[part.kind];
    if (!holds.has(feature)) {
      missing(feature, part.path);
      return [];
    }
    if (part.kind !== "foreign" && "address" in part.media && part.media.mediaType !== undefined && part.media.mediaType !== mediaTypeOf(part.media.address) && !holds.has("media-types")) missing("media-types", part.path);
    if (part.kind === "foreign" || part.detail === undefined || holds.has("image-detail")) return [part];
    missing("image-detail", part.path);
    const { detail: _, ...rest } = part;
    return [rest];
  });
  const texts = kept.filter((part) => part.kind === "text");
  if (holds.has("several-parts") || texts.length < 2) return kept;
  missing("several-parts", `${path}.content`);
  return [{ kind: "text", path, text: texts.map(({ text }) => text).join("\n") }];
}

/** Brings every system message to the front and makes one of them. */
function withOneSystem(turns: readonly Turn[], title: string, lose: Lose): readonly Turn[] {
  const systems = turns.filter(({ speaker }) => speaker === "system");
  const [first] = systems;
  if (!first || (systems.length === 1 && turns[0] === first)) return turns;
  for (const { path } of systems) if (path !== turns[0]?.path) lose(path, `${title} has one system message, before all others; this one would be joined to it`);
  return [{ ...first, parts: systems.flatMap(({ parts }) => parts) }, ...turns.filter(({ speaker }) => speaker !== "system")];
}
