import type { Values } from "./fake-server.ts";

/** A question as it stands in the file of a batch. */
export interface AskedLine {
  readonly custom_id: string;
  readonly body: { readonly model: string; readonly messages: readonly { readonly content: string }[] };
}

/** How the batches of a fake go on: with each look by a step, from being checked over being answered to their end. */
export interface FakeBatches {
  /** Newest first, as the fake answers them. */
  readonly list: Values[];
  /** How they end; undefined lets them be answered for ever. */
  end: "completed" | "expired" | "failed" | undefined;
  /** Of how many questions there are answers before a batch expires or is cancelled. */
  answeredBefore: number;
  /** Why a question is refused, by OpenAI's statuses; undefined answers it. */
  refuses: (asked: AskedLine) => { readonly status: number; readonly message: string } | undefined;
}

/** A result as the service writes it, a line of a batch's output or errors. */
export function resultLine(id: string, response: { readonly status: number; readonly body: Values } | undefined, error: { readonly code: string; readonly message: string } | null = null): string {
  return JSON.stringify({ id: `batch_req_${id}`, custom_id: id, response: response ? { status_code: response.status, request_id: `req_${id}`, body: response.body } : null, error });
}

/** The lines of a batch's file; throws as the service's check does, with the line, when they are none that it takes. */
export function readQuestions(text: string, url: string | undefined): readonly AskedLine[] {
  const lines = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as AskedLine & { readonly method?: string; readonly url?: string });
  const fault = lines.findIndex((line, index) => !/^[\w-]{1,64}$/.test(line.custom_id) || lines.findIndex((other) => other.custom_id === line.custom_id) !== index || line.body.model !== lines[0]?.body.model || (url !== undefined && (line.method !== "POST" || line.url !== url)));
  if (lines.length === 0 || fault >= 0) throw new Error(`Line ${fault + 1} is not a request that this batch can hold`);
  return lines;
}

/** What comes of the questions of a batch that ends so: the answers in another order than the questions, and the errors. */
export function answerQuestions(questions: readonly AskedLine[], { answeredBefore, refuses }: FakeBatches, end: string, answer: (asked: AskedLine) => Values): { readonly output: readonly string[]; readonly errors: readonly string[] } {
  const taken = end === "completed" ? questions : questions.slice(0, answeredBefore);
  const refused = new Map(taken.flatMap((asked) => { const reason = refuses(asked); return reason ? [[asked, reason] as const] : []; }));
  return {
    output: taken.filter((asked) => !refused.has(asked)).map((asked) => resultLine(asked.custom_id, { status: 200, body: answer(asked) })).reverse(),
    errors: [
      ...[...refused].map(([asked, { status, message }]) => resultLine(asked.custom_id, { status, body: { error: { message, type: "invalid_request_error", param: null, code: null } } })),
      ...questions.slice(taken.length).map((asked) => resultLine(asked.custom_id, undefined, { code: `batch_${end}`, message: "This request could not be executed before the completion window expired." })),
    ],
  };
}
