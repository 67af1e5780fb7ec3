import * as vscode from "vscode";
import * as z from "zod";
import { confirmUndeploy } from "../../jobs/confirm-action.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { agrees } from "./act-on-job.ts";
import { isConfirmed } from "./choose-job.ts";

const reference = z.object({ provider: z.string().min(1), deployment: z.object({ id: z.string().min(1), model: z.string() }) });

/** Removes a deployment of the tree, or one that is asked for, on the user's word; gives the service, or undefined when the user turned away. Rejects with an Error for the user. */
export async function removeDeployment(given: unknown, { services, monitor }: { readonly services: Services; readonly monitor: Monitor }): Promise<string | undefined> {
  const read = reference.safeParse(given);
  const chosen = read.success ? read.data : await choose(services, monitor);
  if (!chosen) return undefined;
  const { provider, deployment } = chosen;
  const title = services.find(provider)?.title ?? provider;
  if (!isConfirmed(given) && !(await agrees(confirmUndeploy(deployment, title)))) return undefined;
  await withProgress(`Undeploying ${deployment.model}`, async (signal) => {
    const service = (await services.open(provider, signal)).provider;
    if (!service.removeDeployment) throw new Error(`${title} has no deployments.`);
    await service.removeDeployment(deployment.id, signal);
  });
  return provider;
}

async function choose(services: Services, monitor: Monitor): Promise<z.infer<typeof reference> | undefined> {
  await monitor.refresh();
  const fit = services.list().filter(({ id }) => monitor.snapshot(id).capabilities.includes("undeploy"));
  const found = await withProgress("Asking for deployments", async (signal) => (await Promise.all(fit.map(async ({ id, title }) => {
    const { provider } = await services.open(id, signal);
    return ((await provider.listDeployments?.(signal)) ?? []).map((deployment) => ({ label: deployment.model, description: `${deployment.rawStatus}, at ${title}`, provider: id, deployment }));
  }))).flat());
  if (found.length === 0) throw new Error("No service has a deployment of a tuned model.");
  return vscode.window.showQuickPick(found, { title: "Undeploy Model", placeHolder: "The deployment", matchOnDescription: true });
}
