import fc from "fast-check";
import type { Conversation, Part, Tool, ToolCall, Turn } from "../../../../src/dataset/convert/conversation.ts";
import type { Feature } from "../../../../src/dataset/convert/features.ts";

/** What conversations are made with. */
export interface Limits {
  readonly has: (feature: Feature) => boolean;
  /** Whether each is a preference. */
  readonly preference: boolean;
  /** Whether a call may stand beside text. */
  readonly textBesideCalls: boolean;
  /** Whether media lie in S3 only. */
  readonly onlyS3: boolean;
  /** How the nth call is named, where ids are not free. */
  readonly callId?: (number: number) => string;
  readonly anyReasoningKey: boolean;
}

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("<image>", '{"a": 1}', '{"output": "x"}', '{"output": "{\\"a\\": 1}"}', "a\nb", "\u2028", "null", "[]"));
const said = text.filter((value) => value.trim() !== "");
/** Objects whose literals no JavaScript value keeps. */
const objectText = fc.constantFrom("{}", '{"n": 12345678901234567890}', '{"x":1.0,"y":-0, "z": 1e400}', '{"s": "\\u00e9", "__proto__": {"2": [1, 1]}, "1": "\\ud800"}', '{ "a" : [ ] }', '{"a": 1, "a": 2}');
const parameters = fc.constantFrom('{"type": "object", "properties": {"type": {"type": "string", "enum": ["STRING"]}, "n": {"type":"number","minimum":1.0}}}', '{"type":"object"}', "{}");
const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/);

/** Conversations in which user and assistant take turns, with what the limits allow. */
export function conversations(limits: Limits): fc.Arbitrary<Conversation> {
  const { has } = limits;
  const when = <Value>(allowed: boolean, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => (allowed ? fc.option(arbitrary, { nil: undefined }) : fc.constant(undefined));
  const textPart = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Part> => arbitrary.map((value) => ({ kind: "text", path: "p", text: value }));
  const address = fc.constantFrom("s3://bucket/a.png", "s3://bucket/b.jpg", ...(limits.onlyS3 ? [] : ["https://example.org/a.webp?b=c", "gs://bucket/a.gif"]));
  const media = fc.oneof(address.map((value) => ({ address: value })), ...(limits.onlyS3 ? [] : [fc.constant({ data: "iVBORw0KGgo=", mediaType: "image/png" })]));
  const image: fc.Arbitrary<Part> = fc.record({ media, detail: when(has("image-detail"), fc.constantFrom("low", "high")) }).map(({ media: where, detail }) => ({ kind: "image", path: "p", media: where, ...(detail === undefined ? {} : { detail }) }));
  const foreign: fc.Arbitrary<Part> = fc.constant({ kind: "foreign", path: "p", type: "file", json: { jsonText: '{"type": "file", "file": {"file_id": 1.0}}' } });
  const one = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<readonly Part[]> => textPart(arbitrary).map((part) => [part]);
  const texts = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<readonly Part[]> => fc.oneof(one(arbitrary), ...(has("several-parts") ? [fc.array(textPart(arbitrary), { minLength: 2, maxLength: 3 })] : []));
  const asked: fc.Arbitrary<readonly Part[]> = fc.oneof(texts(text), ...(has("several-parts") && has("images") ? [fc.array(fc.oneof(textPart(said), image, ...(has("openai-parts") ? [foreign] : [])), { minLength: 2, maxLength: 3 })] : []));
  const speak = (speaker: Turn["speaker"], parts: readonly Part[], more: Partial<Turn> = {}): Turn => ({ speaker, path: "t", parts, ...more });
  const trained = fc.record({
    weight: when(has("weights"), fc.constantFrom("0", "1").map((jsonText) => ({ jsonText }))),
    reasoning: when(has("reasoning"), fc.record({ key: limits.anyReasoningKey ? fc.constantFrom("reasoning_content", "reasoning", "thinking") : fc.constant("reasoning_content"), text: said })),
  }).map((value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<Turn>);

  const user = fc.tuple(asked, when(has("names"), name)).map(([parts, named]) => speak("user", parts, named === undefined ? {} : { name: named }));
  const answer = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(texts(text), trained).map(([parts, more]) => speak("assistant", parts, more)) },
    ...(has("refusals") ? [{ weight: 1, arbitrary: said.map((refusal) => speak("assistant", [], { refusal })) }] : []),
  );
  const called = fc.record({ calls: fc.array(fc.record({ name, arguments: objectText, result: text }), { minLength: 1, maxLength: 3 }), beside: when(limits.textBesideCalls, one(said)), more: trained });
  const exchange = fc.tuple(user, fc.array(called, { maxLength: has("tool-calls") ? 2 : 0 }), answer, when(has("several-systems"), one(said).map((parts) => speak("system", parts))));
  const tool: fc.Arbitrary<Tool> = fc.record({ name, description: fc.option(text, { nil: undefined }), parameters: fc.option(parameters, { nil: undefined }), strict: when(has("strict-tools"), fc.boolean()) }).map((value) => ({
    path: "tools[0]", name: value.name,
    ...(value.description === undefined ? {} : { description: value.description }),
    ...(value.parameters === undefined ? {} : { parameters: { jsonText: value.parameters } }),
    ...(value.strict === undefined ? {} : { strict: value.strict }),
  }));

  return fc.record({
    system: when(true, texts(said).map((parts) => speak("system", parts))),
    developer: when(has("developer-role"), one(said).map((parts) => speak("developer", parts))),
    exchanges: fc.array(exchange, { minLength: 1, maxLength: 3 }),
    tools: fc.array(tool, { maxLength: has("tools") ? 2 : 0 }),
    parallel: when(has("parallel-tool-calls"), fc.boolean()),
    rejected: one(text),
    label: when(has("labels") && !limits.preference, fc.boolean()),
    freeIds: fc.array(fc.stringMatching(/^[a-zA-Z0-9]{9}$/), { minLength: 3, maxLength: 3 }),
  }).map(({ system, developer, exchanges, tools, parallel, rejected, label, freeIds }) => {
    let number = 0;
    const newId = (): string => limits.callId?.(++number) ?? `${(freeIds[number++ % 3] ?? "").slice(0, 6)}${String(number).padStart(3, "0")}`;
    const turns = exchanges.flatMap(([question, rounds, reply, later]): Turn[] => [
      ...(later ? [later] : []),
      question,
      ...rounds.flatMap(({ calls, beside, more }): Turn[] => {
        const made: (ToolCall & { result: string })[] = calls.map((call) => ({ path: "c", id: newId(), name: call.name, arguments: call.arguments, result: call.result }));
        const { result: _, ...rest } = { result: "", ...more };
        return [
          speak("assistant", beside ?? [], { ...rest, calls: made.map(({ result: __, ...call }) => call) }),
          ...made.map(({ id, result }) => speak("tool", [{ kind: "text", path: "p", text: result }], { resultOf: id })),
        ];
      }),
      reply,
    ]);
    const before = [...(system ? [system] : []), ...(developer ? [developer] : []), ...turns];
    return {
      tools,
      ...(parallel === undefined ? {} : { parallelToolCalls: { value: parallel, path: "parallel_tool_calls" } }),
      ...(label === undefined ? {} : { label: { value: label, path: "label" } }),
      ...(limits.preference
        ? { turns: before.slice(0, -1), preference: { preferred: before.slice(-1).map(({ weight: _, ...turn }) => turn), rejected: [speak("assistant", rejected)], path: "rejected" } }
        : { turns: before }),
    };
  });
}
