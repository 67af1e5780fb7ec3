import { doubtful, listed, wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import { nearNames } from "../../dataset/read-jsonc.ts";
import { findTarget, nameOfTarget, targetNamed, targets } from "../../dataset/targets/index.ts";
import type { TargetName } from "../../dataset/targets/target.ts";
import type { KnownService, Surroundings } from "./problem.ts";
import type { LaunchFile } from "./schema.ts";

/** A shutdown that is nearer than this is told, in days. */
const shutdownNotice = 90;

/** Whether the service is one of the user's, and takes new jobs. */
export function* checkService({ service }: LaunchFile, { services, today }: Surroundings): Generator<JsoncProblem> {
  const found = services.find(({ id }) => id === service);
  if (found) return yield* checkClosing(found, today);
  const known = services.map(({ id }) => id);
  if (/^\w+:\/\//.test(service)) yield wrong(["service"], `${JSON.stringify(service)} is an address. A launch file names a service by the name that it has in your settings, so that no file can send a key elsewhere; there are ${listed(known)}.`, known);
  else {
    const near = [...services.filter(({ title }) => title === service).map(({ id }) => id), ...nearNames(service, known)];
    yield wrong(["service"], `There is no service ${JSON.stringify(service)} in your settings; ${near.length > 0 ? `did you mean ${listed(near.slice(0, 1))}?` : `there are ${listed(known)}.`}`, near.length > 0 ? near : known);
  }
}

function* checkClosing({ title, endings }: KnownService, today: string): Generator<JsoncProblem> {
  if (!endings?.closing) return;
  const { on, words, source } = endings.closing;
  const days = daysUntil(on, today);
  if (days <= 0) yield wrong(["service"], `${title} takes no new jobs since ${on}. ${words} (${source})`);
  else if (days <= shutdownNotice) yield doubtful(["service"], `${title} takes no new jobs from ${on}, in ${days} ${days === 1 ? "day" : "days"}. ${words} (${source})`);
}

function daysUntil(date: string, today: string): number {
  return Math.floor((Date.parse(date) - Date.parse(today)) / 86_400_000);
}

/** Whether the service knows the model, can tune it, and will keep it for a while. */
export function* checkModel({ model, method = "sft" }: LaunchFile, { title, local, tuning, models, endings }: KnownService, today: string): Generator<JsoncProblem> {
  const found = models?.find(({ id }) => id === model);
  if (models && !found) {
    const near = nearNames(model, models.map(({ id }) => id));
    // The local engine takes folders and Hugging Face ids too, and a service need not list all that it has.
    if (!local || near.length > 0) yield { ...doubtful(["model"], `${title} lists no model ${JSON.stringify(model)}${near.length > 0 ? `; did you mean ${listed(near.slice(0, 1))}?` : "."}`), ...(near.length > 0 ? { instead: near } : {}) };
  }
  if (found?.tunable === false) yield wrong(["model"], `${title} says that ${model} cannot be tuned.`);
  else if (found?.methods && !found.methods.includes(method)) yield wrong(["model"], `${title} tunes ${model} by ${listed(found.methods)}, not by "${method}".`);
  else if (found?.base === false && local) yield wrong(["model"], `${model} is tuned already, and the local engine trains from a base model only.`);
  else if (found?.tunable === undefined && found?.base !== false && tuning.isTunable?.(model) === false) yield doubtful(["model"], `${model} is not among the models that ${title} is known to tune.`);
  const shutdown = found?.shutdownDate ?? endings?.ofModel?.(model)?.on;
  if (shutdown === undefined) return;
  const days = daysUntil(shutdown, today);
  if (days < 0) yield wrong(["model"], `${title} has shut ${model} down on ${shutdown}.`);
  else if (days <= shutdownNotice) yield doubtful(["model"], `${title} shuts ${model} down on ${shutdown}, in ${days} ${days === 1 ? "day" : "days"}, and what was tuned from it with it.`);
}

/** The name of the target whose rules a launch's datasets are checked by: its own, else the service's for the method; undefined where there is none. */
export function targetNameOf({ target, method = "sft" }: Pick<LaunchFile, "target" | "method">, service: Pick<KnownService, "targets"> | undefined): TargetName | undefined {
  const found = targetNamed(target === undefined ? service?.targets[method] : `${target}/${method}`);
  return found && nameOfTarget(found);
}

/** Whether there are rules for the method at the target that was named. */
export function* checkTarget({ target, method = "sft" }: LaunchFile): Generator<JsoncProblem> {
  if (target === undefined || findTarget(target, method)) return;
  const methods = targets.filter(({ id }) => id === target).map((known) => known.method);
  yield wrong(["target"], `The target ${JSON.stringify(target)} has no method "${method}"; it has ${listed(methods)}.`);
}
