import * as z from "zod";
import { datasetRules, recordRules } from "../../dataset/rules/index.ts";
import { defaultSettings, type RuleSettings } from "../../dataset/rule-settings.ts";
import { targets } from "../../dataset/targets/index.ts";

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
const rules = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1));
const globs = (description: string) => z.array(z.string().min(1)).optional().meta({ description });

/** What `tunesmith.jsonc` may say. */
export const configurationSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: "Where an editor finds the schema of this file." }),
  target: z.enum(unique(targets.map(({ id }) => id))).optional().meta({ description: "The provider that the datasets are for. Without it: openai." }),
  method: z.enum([...new Set(targets.map(({ method }) => method))].sort()).optional().meta({ description: "The training method that the datasets are for. Without it: sft." }),
  rules: z
    .strictObject(Object.fromEntries(rules.map(({ id, severity, summary }) => [id, z.enum(["error", "warning", "information", "off"]).optional().meta({ description: `${summary} Without a line here: ${severity}.` })])))
    .optional()
    .meta({ description: "How grave the findings of a rule are, or off." }),
  personalData: z
    .strictObject({ allow: z.array(z.string().min(1)).optional().meta({ description: "Values that may stay in datasets: e-mail addresses, phone numbers, keys; * stands for any characters, as in *@ours.org." }) })
    .optional()
    .meta({ description: "What personal-data and secret are silent about." }),
  nearDuplicates: z
    .strictObject({ similarity: z.number().min(0.5).max(1).optional().meta({ description: "From which Jaccard measure of their runs of five words on two records are nearly equal. Without it: 0.8." }) })
    .optional()
    .meta({ description: "What near-duplicate takes for nearly equal." }),
  files: globs("What `tunesmith lint` checks when it is given no files: patterns, relative to this file's folder."),
  ignore: globs("What is never checked, be it named or not: patterns, relative to this file's folder."),
  maxWarnings: z.int().min(0).optional().meta({ description: "More warnings than this in the files under this folder end `tunesmith lint` with exit code 1." }),
});

/** A `tunesmith.jsonc` as it was read. */
export type Configuration = z.infer<typeof configurationSchema>;

/** What a configuration says to rules; without one, what they do by themselves. */
export function ruleSettingsOf(settings: Configuration | undefined): RuleSettings {
  return { allowed: settings?.personalData?.allow ?? defaultSettings.allowed, similarity: settings?.nearDuplicates?.similarity ?? defaultSettings.similarity };
}

/** The JSON Schema that editors complete `tunesmith.jsonc` by. */
export function configurationJsonSchema(): object {
  return { ...z.toJSONSchema(configurationSchema, { target: "draft-7", io: "input" }), title: "Tunesmith's settings for the datasets of a folder", allowComments: true, allowTrailingCommas: true };
}
