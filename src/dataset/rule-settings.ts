/** What a project says to rules, beside how grave it takes them. */
export interface RuleSettings {
  /** Personal data and secrets that may stay; `*` in one stands for any characters. */
  readonly allowed: readonly string[];
}

export const defaultSettings: RuleSettings = { allowed: [] };
