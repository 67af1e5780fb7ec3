import { specificationOf } from "./specification.ts";

/** Throws, with every deviation, when a value is not what OpenAI's specification calls `schema`, such as `FineTuningJob`. */
export const assertFollowsOpenAi = specificationOf("test/fixtures/openai/openapi.json");
