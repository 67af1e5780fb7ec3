/** OpenAI's code for an organisation that may not create jobs any more. It comes with HTTP 403, and only for the creation of a job. */
export const trainingNotAvailable = "training_not_available";

/** What has happened, what has not, and what to do. Source: OpenAI's page of deprecations, as of November 2026. */
export function explainTrainingNotAvailable(title: string): string {
  return [
    `${title} no longer lets this organisation create fine-tuning jobs.`,
    "It has closed this to organisations that had never tuned a model (since 2026-05-07) and to those that had not used a tuned model within 60 days (since 2026-07-02); on 2027-01-06 it closes it to everyone.",
    "Nothing was started and nothing is charged. The uploaded file stays in your account, and models that are already tuned go on answering.",
    "Choose another provider: the same file trains at Azure OpenAI, Together or Fireworks, on machines of Hugging Face, or with the local engine.",
  ].join(" ");
}
