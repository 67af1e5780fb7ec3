import * as z from "zod";
import { property, type Node } from "../json-node.ts";
import { messages } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";

const label = z.union([z.string(), z.array(z.string())], "a label, or a list of labels");

/**
 * What Mistral's classifiers learn: a text, or messages, and for each target its label or labels. Messages with an object `labels` beside may be a
 * reinforcement record too, whose grader reads `item.labels`.
 * Source: docs.mistral.ai, Classifier Factory; mistralai/client-python, `ClassifierTargetIn`.
 */
export const mistralClassifier = {
  id: "mistral-classifier",
  title: "Mistral classifier",
  example: '{"text": "…", "labels": {"intent": "…"}}',
  keys: ["text", "messages", "labels"],
  recognises: (record) => hasLabels(record) && hasAny(record, "text"),
  recognisesWhereTaken: (record) => hasLabels(record) && hasAny(record, "messages"),
  schema: z.looseObject({ text: z.string("a string").optional(), messages: messages.optional(), labels: z.record(z.string(), label, 'an object such as {"intent": "…"}') })
    .refine((record) => (record.text === undefined) !== (record.messages === undefined), 'either "text" or "messages"')
    .refine((record) => Object.keys(record.labels).length > 0, { path: ["labels"], message: 'an object such as {"intent": "…"}' }),
  texts: (record) => textField(record, "text", "question"),
} as const satisfies Format;

function hasLabels(record: Node): boolean {
  return property(record, "labels")?.type === "object";
}
