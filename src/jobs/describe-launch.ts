import type { Launch } from "./launch.ts";
import { plannedSteps, type Tuning } from "./tuning.ts";

export interface LaunchFacts {
  /** The service's name. */
  readonly service: string;
  readonly tokens: number;
  /** Whether the tokens were counted with the model's own tokenizer. */
  readonly exact: boolean;
  readonly tuning: Tuning;
  /** An earlier launch of the same. */
  readonly before?: Launch;
}

/** What a launch will do, for the user to agree to: a question, and sentences that name records, tokens, parameters, destination and price. */
export function describeLaunch({ dataset, request }: Launch, { service, tokens, exact, tuning, before }: LaunchFacts): { readonly question: string; readonly detail: string } {
  const name = dataset.path.split(/[\\/]/).at(-1) ?? dataset.path;
  const size = `${dataset.records.toLocaleString("en")} records, ${exact ? "" : "about "}${tokens.toLocaleString("en")} tokens${exact ? "" : " (an estimate: the model has a tokenizer of its own)"}.`;
  const steps = plannedSteps(dataset.records, request.hyperparameters);
  const chosen = tuning.hyperparameters.flatMap(({ name: key, title }) => (request.hyperparameters[key] === undefined ? [] : [`${inSentence(title)} ${request.hyperparameters[key]}`]));
  const how = chosen.length === 0 ? "The service chooses epochs, batch size and learning rate." : `With ${chosen.join(", ")}${steps === undefined ? "" : `: ${steps.toLocaleString("en")} steps`}.`;
  const again = before ? [`The same was started before, on ${new Date(before.createdAt).toLocaleString()}.`] : [];
  return { question: `Fine-tune ${request.model} on ${name}?`, detail: [...again, `${service} learns the assistant's answers by supervised fine-tuning.`, size, how, tuning.destination, tuning.price].join("\n") };
}

/** A title within a sentence; a name such as LoRA keeps its capitals. */
function inSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z]+\b)/, (letter) => letter.toLowerCase());
}
