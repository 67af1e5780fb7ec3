import type { Finding } from "../../dataset/finding.ts";
import type { SaidText } from "../../dataset/moderation/said-texts.ts";
import type { Moderated } from "./moderate.ts";

/** The rule's id under which flagged texts are told. It is none of the linter's rules, because it asks a service. */
export const flaggedContent = {
  id: "flagged-content",
  severity: "warning",
  summary: "A provider's moderation model flags a text, for which the provider may refuse the file.",
  explanation: "Providers moderate training files: a file in which too many records are flagged fails its job, often without naming one. What a moderation model flags is no judgement of the record's worth; records that teach a model to refuse are flagged for what the user says in them.",
  source: "https://platform.openai.com/docs/guides/moderation",
} as const;

/** A finding at each text that is flagged, with its categories and scores. */
export function flaggedFindings(texts: readonly SaidText[], moderated: ReadonlyMap<string, Moderated>, model: string): readonly Finding[] {
  return texts.flatMap(({ text, where, range }): Finding[] => {
    const judged = moderated.get(text);
    if (!judged || "failure" in judged || judged.flagged.length === 0) return [];
    const categories = judged.flagged.map(({ category, score }) => `${category} (${score.toFixed(2)})`).join(", ");
    return [{ rule: flaggedContent.id, severity: flaggedContent.severity, range, fixes: [], message: `${where} is flagged by ${model}: ${categories}. A provider that moderates training files may refuse the file for it; rewrite the text, or remove the record.` }];
  });
}
