import type { BuildOptions } from "esbuild";

export declare const node: BuildOptions & { entryPoints: Record<"extension" | "cli" | "lint-worker", string> };
export declare function run(): Promise<void>;
