import { openaiSft } from "./openai-sft.ts";
import type { Target } from "./target.ts";

/** Every provider and method that datasets are checked for. */
export const targets: readonly Target[] = [openaiSft];

/** The target of a provider and a method, if there is one. */
export function findTarget(id: string, method: string): Target | undefined {
  return targets.find((target) => target.id === id && target.method === method);
}
