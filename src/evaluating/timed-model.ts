import type { ChatModel } from "../evaluation/model.ts";

/** A model whose answers say how long they took. The time of the request that was answered counts, not that of those before it. */
export function timed(model: ChatModel): ChatModel {
  return {
    ...model,
    async answer(messages, options, signal) {
      const began = performance.now();
      const answer = await model.answer(messages, options, signal);
      return { ...answer, milliseconds: Math.round(performance.now() - began) };
    },
  };
}
