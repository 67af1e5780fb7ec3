import { dirname } from "node:path";
import type { Target } from "../dataset/targets/target.ts";
import { createConfigurationFinder, readConfiguration, type FoundConfiguration } from "../workers/configuration/find.ts";
import { readTarget } from "./target.ts";

/** What the command line says of targets and configurations. */
export interface SettingsOptions {
  readonly target?: string;
  readonly method?: string;
  /** A configuration for every file, or `false` for none. */
  readonly config?: string | false;
}

/** What one file is checked by. */
export interface FileSettings {
  readonly target: Target;
  readonly configuration: FoundConfiguration | undefined;
}

/** Where the settings of a run come from. Both throw a UsageError, a ConfigurationError or a FileError. */
export interface Settings {
  forFolder(folder: string): FoundConfiguration | undefined;
  forFile(path: string): FileSettings;
}

/** The settings of a run: what the command line says, else the configuration nearest to each file, else OpenAI's supervised fine-tuning. */
export function readSettings({ target, method, config }: SettingsOptions): Settings {
  const given = typeof config === "string" ? readConfiguration(config) : undefined;
  const find = createConfigurationFinder();
  const forFolder = (folder: string): FoundConfiguration | undefined => given ?? (config === false ? undefined : find(folder));
  return {
    forFolder,
    forFile(path) {
      const configuration = forFolder(dirname(path));
      const settings = configuration?.settings;
      return { target: readTarget(target ?? settings?.target ?? "openai", method ?? settings?.method ?? "sft"), configuration };
    },
  };
}
