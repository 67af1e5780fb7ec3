import * as vscode from "vscode";
import * as z from "zod";

/** The settings of the manifest, each with the schema that reads it once, at the edge, and what stands in for an unusable value. */
export const settings = {
  "openai.endpoints": { schema: z.record(z.string().min(1), z.url()), fallback: { OpenAI: "https://api.openai.com/v1" } as Record<string, string> },
  "engine.python": { schema: z.string(), fallback: "" },
  "evaluation.maximumTokens": { schema: z.int().min(1).max(4096), fallback: 64 },
  "evaluation.concurrency": { schema: z.int().min(1).max(64), fallback: 8 },
} as const;

type Settings = typeof settings;
export type SettingId = keyof Settings;
export type SettingValue<Id extends SettingId> = z.infer<Settings[Id]["schema"]>;

/** The value of one setting; a value that does not fit its schema counts as not set. */
export function readSetting<Id extends SettingId>(id: Id): SettingValue<Id> {
  const { schema, fallback } = settings[id];
  const read = schema.safeParse(vscode.workspace.getConfiguration("tunesmith").get(id));
  return (read.success ? read.data : fallback) as SettingValue<Id>;
}
