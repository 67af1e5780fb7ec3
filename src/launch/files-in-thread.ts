import { createConfigurations } from "../workers/configuration/heed.ts";
import { countFileTokens } from "../workers/count-tokens.ts";
import { toFileCheck } from "../workers/file-check.ts";
import { findLines } from "../workers/find-lines.ts";
import { hashFile } from "../workers/hash-file.ts";
import { lintFile, type FileProgress } from "../workers/lint-file.ts";
import { openLeakSearch } from "../workers/open-leak-search.ts";
import { mostOfRule } from "../workers/select-shown.ts";
import { shapeFiles } from "../workers/shape/shape-files.ts";
import { targetNamed } from "../dataset/targets/index.ts";
import type { DatasetFiles } from "./desk.ts";

/** Looks at datasets in the thread that asks, which does nothing else meanwhile; `refused` is told of a `tunesmith.jsonc` that cannot be used. */
export function filesInThread(refused: (message: string) => void): DatasetFiles {
  const configurations = createConfigurations(refused);
  return {
    async checkFile(path, aim, signal, report, trainingPath) {
      const name = aim ?? configurations.target(path);
      const target = targetNamed(name);
      if (!target) throw new RangeError(`There is no target "${name}".`);
      const watch = (progress: FileProgress): void => {
        signal.throwIfAborted();
        report(progress);
      };
      const settings = configurations.ruleSettings(path);
      const search = openLeakSearch(settings.similarity);
      try {
        if (trainingPath !== undefined) lintFile(trainingPath, target, { watch: () => signal.throwIfAborted(), mostOfRule, settings, leaks: () => search.begin(trainingPath, "training") });
        const leaks = trainingPath === undefined ? undefined : () => search.begin(path, "validation");
        return toFileCheck(lintFile(path, target, { watch, flags: true, mostOfRule, severities: configurations.severities(path), settings, leaks }));
      } finally {
        search.close();
      }
    },
    countTokens: async (path, counting, signal, report) => countFileTokens(path, counting, ({ bytes, byteLength }) => {
      signal.throwIfAborted();
      report?.(byteLength === 0 ? 1 : bytes / byteLength);
    }),
    findLines: async (path, wanted) => findLines(path, wanted),
    hashFile: async (path, signal) => hashFile(path, signal),
    shapeFiles: async (wanted, signal) => shapeFiles(wanted, () => signal.throwIfAborted()),
  };
}
