/** What a project says to rules, beside how grave it takes them. */
export interface RuleSettings {
  /** Personal data and secrets that may stay; `*` in one stands for any characters. */
  readonly allowed: readonly string[];
  /** From which share of common runs of words on two records are nearly equal: more than 0, at most 1. */
  readonly similarity: number;
}

export const defaultSettings: RuleSettings = { allowed: [], similarity: 0.8 };
