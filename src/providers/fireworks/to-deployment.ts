import * as z from "zod";
import type { Deployment } from "../../jobs/deployment.ts";
import { given } from "../wire/given.ts";

const text = z.string().min(1).optional().catch(undefined);
const deployment = z.object({ name: z.string().regex(/^accounts\/[^/]+\/deployments\/[^/]+$/), baseModel: text, state: text, status: z.object({ code: text, message: text }).optional().catch(undefined) });
const states: ReadonlyMap<string, Deployment["status"]> = new Map([["CREATING", "creating"], ["READY", "ready"], ["UPDATING", "ready"], ["FAILED", "failed"], ["DELETING", "removing"], ["DELETED", "removing"]]);

/** Reads a deployment; undefined for what names none. A chat request names the model and the deployment. Source: Fireworks' SDK, `Deployment`. */
export function toDeployment(answer: unknown): Deployment | undefined {
  const read = deployment.safeParse(answer);
  if (!read.success) return undefined;
  const { name: id, baseModel: model = "", state = "not given", status: said } = read.data;
  const status = states.get(state) ?? "unknown";
  return given({ id, model, status, rawStatus: state, chatModel: status === "ready" ? `${model}#${id}` : undefined, problem: said?.code === "OK" ? undefined : said?.message });
}
