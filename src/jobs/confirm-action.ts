import type { Deployment } from "./deployment.ts";
import { isFinished, type Job } from "./job.ts";
import type { RemoteFile } from "./remote-file.ts";

/** A question before something that is lost or costs: what is asked, what it means, and the word on the button. */
export interface Confirmation {
  readonly question: string;
  readonly detail: string;
  readonly button: string;
}

/** What is done with a job only on the user's word. `service` is the service's name. */
export function confirmJobAction(action: "cancel" | "pause" | "delete" | "deploy", job: Job, service: string): Confirmation {
  const { id, suffix, tunedModel, cost } = job;
  const name = suffix === undefined ? id : `${suffix} (${id})`;
  switch (action) {
    case "cancel":
      return { question: `Cancel the job ${name}?`, detail: `What it has learned so far stays where a checkpoint was saved; nothing else of it is kept.${cost === undefined ? "" : ` ${service} may bill what it has trained until now.`}`, button: "Cancel Job" };
    case "pause":
      return { question: `Pause the job ${name}?`, detail: `${service} stops training at the next checkpoint; Resume goes on from there.`, button: "Pause Job" };
    case "delete":
      return {
        question: `Delete the job ${name} at ${service}?`,
        detail: `Its events, checkpoints and result files cannot be asked for any more.${tunedModel === undefined ? "" : ` Whether its model ${tunedModel} goes on answering is up to ${service}.`} This cannot be undone.`,
        button: "Delete Job",
      };
    case "deploy":
      return { question: `Deploy ${tunedModel ?? name} at ${service}?`, detail: `${service} keeps the model ready to answer, and may bill the time for which it does, until you undeploy it.`, button: "Deploy" };
  }
}

export function confirmUndeploy({ model }: Pick<Deployment, "model">, service: string): Confirmation {
  return { question: `Undeploy ${model} at ${service}?`, detail: "Whoever asks this model gets no answer any more. The model itself stays, and can be deployed again.", button: "Undeploy" };
}

/** `jobs` are those of the service that are known. */
export function confirmDeleteFile({ id, name, bytes }: RemoteFile, jobs: readonly Job[], service: string): Confirmation {
  const users = jobs.filter(({ trainingFile, validationFile }) => trainingFile === id || validationFile === id);
  const waiting = users.filter((job) => !isFinished(job));
  const use = waiting.length > 0 ? ` ${plural(waiting.length, "job")} under way may still need it and fail without it: ${waiting.map((job) => job.suffix ?? job.id).slice(0, 3).join(", ")}.` : users.length > 0 ? ` ${plural(users.length, "finished job")} learned from it; their models stay.` : "";
  return { question: `Delete ${name} at ${service}?`, detail: `${name === id ? "" : `${id}, `}${bytes === undefined ? "of unknown size" : size(bytes)}. It is gone at the service then; the file on this machine stays.${use}`, button: "Delete File" };
}

/** A number of bytes as people say it: `3.4 MB`. */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const unit = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** unit;
  return `${unit === 0 ? number : number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 })} ${units[unit]}`;
}

function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
