import type { Workbench } from "./workbench.ts";

/** What a user answers when a job is started: a preset by its title, or each value by its title. */
export type How = { readonly preset: string } | { readonly values: Readonly<Record<string, string>> };

/** Goes through the questions of Start Fine-Tuning Job up to the last one. */
export async function answerStartJob(workbench: Workbench, dataset: string, how: How): Promise<void> {
  await workbench.run("Tunesmith: Start Fine-Tuning Job");
  await workbench.choose(dataset);
  await workbench.choose("Local Engine");
  await workbench.choose("smollm2-135m-instruct");
  await workbench.choose("supervised fine-tuning");
  if ("preset" in how) await workbench.choose(how.preset);
  else {
    await workbench.choose("Choose each value");
    for (const title of ["Epochs", "Batch size", "Learning rate multiplier", "Steps", "LoRA rank", "LoRA layers"]) await workbench.answer(`: ${title} (`, how.values[title] ?? "");
  }
  await workbench.answer("A name for the tuned model", dataset.replace(/\.jsonl$/, ""));
}

/** Opens the sample's dataset, whose faults the walkthrough is about. */
export async function openSampleDataset(workbench: Workbench): Promise<void> {
  // The walkthrough takes the focus when it opens, and with it whatever is typed.
  await workbench.page.getByText("Prompt, retrieve or tune?").first().waitFor();
  await workbench.page.locator(".tab", { hasText: "banking-train.jsonl" }).click();
}

/** Repairs the dataset in front and clears the notification of it. */
export async function fixDataset(workbench: Workbench): Promise<void> {
  await workbench.run("Tunesmith: Fix All Safe Problems");
  await workbench.toast("0 errors left").waitFor();
  await workbench.run("Notifications: Clear All Notifications");
}

/** Has Fine-Tune write the sample's launch file, for a model that is to be called `bank`, which opens. */
export async function writeLaunchFile(workbench: Workbench): Promise<void> {
  await workbench.run("Tunesmith: Fine-Tune");
  await workbench.choose("banking-train.jsonl");
  await workbench.choose("Local Engine");
  await workbench.choose("smollm2-135m-instruct");
  await workbench.choose("supervised fine-tuning");
  await workbench.choose("Quick");
  await workbench.answer("A name for the tuned model", "bank");
  await workbench.page.locator(".tab.active", { hasText: "banking-train.finetune.jsonc" }).waitFor();
}
