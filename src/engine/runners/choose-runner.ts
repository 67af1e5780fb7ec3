import { isAppleSilicon } from "../apple-silicon.ts";
import { createMlxLmRunner } from "./mlx-lm.ts";
import type { Runner, TrainingMethod } from "./runner.ts";
import { createTrlRunner } from "./trl.ts";

/** Every runner by its name on the command line. */
export const runners = { trl: createTrlRunner, "mlx-lm": createMlxLmRunner } as const;
export type RunnerId = keyof typeof runners;

/** The runner for a method: the one that was named, else mlx-lm on Apple silicon for what it does, and TRL. */
export function chooseRunner(method: TrainingMethod, named: RunnerId | undefined, onAppleSilicon: boolean = isAppleSilicon()): RunnerId {
  return named ?? (onAppleSilicon && method === "supervised" ? "mlx-lm" : "trl");
}

/** A runner that is chosen anew for each training; `python` is asked then, and may throw. */
export function createRunner(named: RunnerId | undefined, { python, scripts }: { python: () => string; scripts: string }): Runner {
  return {
    id: named ?? "auto",
    train: async (request, ...more) => runners[chooseRunner(request.method, named)]({ python: python(), scripts }).train(request, ...more),
  };
}

/** The runner that a word names, if there is a word. Throws an Error written for the user when no runner is called so. */
export function toRunnerId(name: string | undefined): RunnerId | undefined {
  if (name === undefined || Object.hasOwn(runners, name)) return name as RunnerId | undefined;
  throw new Error(`--runner ${name} is no runner; expected ${Object.keys(runners).join(" or ")}.`);
}
