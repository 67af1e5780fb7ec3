import { dirname } from "node:path";
import type { Severities } from "../../dataset/severities.ts";
import type { RuleSettings } from "../../dataset/rule-settings.ts";
import type { TargetName } from "../../dataset/targets/target.ts";
import { ConfigurationError, createConfigurationFinder, type FoundConfiguration } from "./find.ts";
import { FileError } from "../file-error.ts";
import { ruleSettingsOf } from "./schema.ts";

/** What the configurations of files say of them. */
export interface Configurations {
  /** What the datasets beside the configuration are for, OpenAI's supervised fine-tuning unless it says otherwise. */
  target(path: string | undefined): TargetName;
  severities(path: string | undefined): Severities | undefined;
  ruleSettings(path: string | undefined): RuleSettings;
  /** Whether the configuration of a document says that it is never checked. */
  ignores(path: string | undefined): boolean;
  /** Looks at the configurations anew from now on. */
  forget(): void;
}

/** A configuration that cannot be used counts as none; `refused` is told why, once until it is looked at anew. */
export function createConfigurations(refused: (message: string) => void): Configurations {
  let find = createConfigurationFinder();
  let told = new Set<string>();
  const of = (path: string | undefined): FoundConfiguration | undefined => {
    if (path === undefined) return undefined;
    try {
      return find(dirname(path));
    } catch (error) {
      if (!(error instanceof ConfigurationError || error instanceof FileError)) throw error;
      if (!told.has(error.message)) refused(error.message);
      told.add(error.message);
      return undefined;
    }
  };
  const ignores = (path: string | undefined): boolean => path !== undefined && of(path)?.ignores(path) === true;
  return {
    ignores,
    target(path) {
      const { target = "openai", method = "sft" } = of(path)?.settings ?? {};
      return `${target}/${method}`;
    },
    severities: (path) => of(path)?.settings.rules,
    ruleSettings: (path) => ruleSettingsOf(of(path)?.settings),
    forget() {
      find = createConfigurationFinder();
      told = new Set();
    },
  };
}
