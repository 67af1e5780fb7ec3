import { mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { buildProgram } from "../../support/build-program.ts";
import { runProgram, type Ended } from "../../support/run-program.ts";
import { scratchFolder, type Scratch } from "../../support/scratch.ts";

/** What `lint --format json` writes. */
export interface LintDocument {
  readonly files: readonly { readonly path: string; readonly records: number; readonly findings: readonly { readonly rule: string; readonly severity: string; readonly line: number }[] }[];
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly summary: { readonly errors: number; readonly warnings: number };
}

/** The program as it ships, run in a scratch folder of its own, in which temporary files lie under `temporary`. */
export interface ProgramFixture extends Scratch {
  program(): string;
  environment(): NodeJS.ProcessEnv;
  run(parameters: readonly string[], options?: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string }): Promise<Ended>;
  lintJson(parameters: readonly string[], options?: { readonly input?: string | Uint8Array }): Promise<Ended & { readonly document: LintDocument }>;
  read(name: string): string;
}

/** Builds the program for the `describe` that calls it. */
export function programFixture(): ProgramFixture {
  const scratch = scratchFolder();
  let program = "";
  before(async function () {
    this.timeout(60_000);
    program = resolve(await buildProgram("cli"));
    mkdirSync(scratch.path("temporary"));
  });
  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TMPDIR: scratch.path("temporary"), TEMP: scratch.path("temporary"), TMP: scratch.path("temporary") });
  const run: ProgramFixture["run"] = (parameters, { input, env, cwd } = {}) => runProgram(program, parameters, { cwd: cwd ?? scratch.path("."), env: { ...environment(), ...env }, ...(input === undefined ? {} : { input }) });
  return {
    ...scratch,
    file(name, content) {
      mkdirSync(dirname(scratch.path(name)), { recursive: true });
      return scratch.file(name, content);
    },
    program: () => program,
    environment,
    run,
    async lintJson(parameters, options) {
      const ended = await run(["lint", ...parameters, "--format", "json"], options);
      return { ...ended, document: JSON.parse(ended.stdout) as LintDocument };
    },
    read: (name) => readFileSync(scratch.path(name), "utf8"),
  };
}

/** Ten records without a fault, a line each. */
export const cleanRecords: readonly string[] = Array.from({ length: 10 }, (_, index) => JSON.stringify({ messages: [{ role: "user", content: `Question ${index}` }, { role: "assistant", content: `Answer ${index}` }] }));
