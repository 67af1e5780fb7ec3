import type { BuildOptions } from "esbuild";

export declare const node: BuildOptions & { entryPoints: Record<"extension" | "cli" | "engine" | "dataset-worker" | "range-worker" | "records-worker" | "report-worker", string> };
export declare const webviews: BuildOptions & { entryPoints: Record<"conversation" | "evaluation" | "records" | "targets", string> };
export declare function configurationSchema(): Promise<string>;
export declare function launchFileSchema(): Promise<string>;
export declare function planFileSchema(): Promise<string>;
/** Writes `<rule>.md` for every rule to a folder, which is made. */
export declare function recordSchemas(): Promise<Map<string, string>>;
export declare function writeRulePages(folder: string): Promise<void>;
export declare function run(): Promise<void>;
