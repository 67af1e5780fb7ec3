import { axolotl } from "./axolotl.ts";
import { azureOpenai } from "./azure-openai.ts";
import { bedrockClaude } from "./bedrock-claude.ts";
import { bedrockNova } from "./bedrock-nova.ts";
import { fireworks } from "./fireworks.ts";
import { llamaFactory } from "./llama-factory.ts";
import { mistralTargets } from "./mistral.ts";
import { mlxLm } from "./mlx-lm.ts";
import { nebius } from "./nebius.ts";
import { openai } from "./openai.ts";
import type { Target, TargetName } from "./target.ts";
import { together } from "./together.ts";
import { trl } from "./trl.ts";
import { vertex } from "./vertex.ts";

/** Every pair of provider and method that datasets are checked for. */
export const targets: readonly Target[] = [
  ...openai,
  ...azureOpenai,
  ...together,
  ...fireworks,
  ...mistralTargets,
  ...vertex,
  ...bedrockNova,
  ...bedrockClaude,
  ...nebius,
  ...trl,
  ...axolotl,
  ...llamaFactory,
  ...mlxLm,
];

/** The target of a provider and a method, if there is one. */
export function findTarget(id: string, method: string): Target | undefined {
  return targets.find((target) => target.id === id && target.method === method);
}

/** The name of a target, which `targetNamed` finds again. */
export function nameOfTarget({ id, method }: Pick<Target, "id" | "method">): TargetName {
  return `${id}/${method}`;
}

/** The target of a name that came from a setting or was remembered, if it is one. */
export function targetNamed(name: unknown): Target | undefined {
  return targets.find((target) => nameOfTarget(target) === name);
}
