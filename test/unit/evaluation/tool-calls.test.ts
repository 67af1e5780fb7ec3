import assert from "node:assert/strict";
import fc from "fast-check";
import { createMetric, findMetric } from "../../../src/evaluation/metrics/index.ts";
import { matchCalls, type ToolCallRules } from "../../../src/evaluation/metrics/tool-calls.ts";
import { createTestSet } from "../../../src/evaluation/test-set.ts";
import { readCalls, writeCalls } from "../../../src/evaluation/tool-calls.ts";

const call = (name: string, given: unknown = {}) => ({ name, arguments: given });
const wire = (...calls: ReturnType<typeof call>[]) => calls.map((each, index) => ({ id: `call_${index}`, type: "function", function: { name: each.name, arguments: JSON.stringify(each.arguments) } }));
const text = (...calls: ReturnType<typeof call>[]): string => writeCalls(null, wire(...calls)) ?? "";
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" }, days: { type: "integer" } }, required: ["city"], additionalProperties: false } } }, { type: "function", function: { name: "now" } }];

describe("calls of tools", () => {
  it("are one text, without ids, that says the same whatever the order of keys; other texts have none", () => {
    assert.equal(writeCalls("I look.", wire(call("weather", { city: "Rome" }))), '{"content":"I look.","tool_calls":[{"name":"weather","arguments":{"city":"Rome"}}]}');
    assert.deepEqual(readCalls(text(call("weather", { city: "Rome" }))), [call("weather", { city: "Rome" })]);
    assert.deepEqual(readCalls(writeCalls("", [{ function: { name: "now", arguments: "{broken" } }]) ?? ""), [call("now", "{broken")]);
    assert.deepEqual([writeCalls("a", []), writeCalls("a", undefined), writeCalls("a", [{ id: "x" }]), readCalls("Rome"), readCalls('{"tool_calls":[]}')], [undefined, undefined, undefined, [], []]);
  });

  it("match by name and arguments, each once, and by rules of order, further calls and arguments", () => {
    const [rome, oslo, now] = [call("weather", { city: "Rome", days: 2 }), call("weather", { days: 1, city: "Oslo" }), call("now")];
    const cases: readonly [ReturnType<typeof call>[], ReturnType<typeof call>[], ToolCallRules, boolean][] = [
      [[rome, oslo], [oslo, rome], {}, true], [[rome, oslo], [oslo, rome], { ordered: true }, false], [[rome, now, oslo], [rome, oslo], { ordered: true, extra: true }, true], [[rome, now, oslo], [rome, oslo], { ordered: true }, false],
      [[rome, now], [rome], {}, false], [[rome, now], [rome], { extra: true }, true], [[rome], [rome, rome], { extra: true }, false], [[], [], {}, true], [[], [now], {}, false], [[now], [], {}, false],
      [[call("weather", { days: 2, city: "Rome" })], [rome], {}, true], [[call("weather", { city: "Rome", days: "2" })], [rome], {}, false],
      [[rome], [call("weather", { city: "Rome" })], {}, false], [[rome], [call("weather", { city: "Rome" })], { arguments: "subset" }, true], [[call("weather", { city: "Rome" })], [rome], { arguments: "subset" }, false],
      [[rome], [oslo], { arguments: "any" }, true], [[rome], [now], { arguments: "any" }, false], [[rome], [call("weather")], { arguments: "subset" }, true],
      // The second of the given calls is the only one that the first wanted could be, and the first fits both.
      [[call("w", { a: 1, b: 1 }), call("w", { a: 1 })], [call("w", { a: 1 }), call("w", { b: 1 })], { arguments: "subset" }, true],
    ];
    for (const [given, wanted, rules, expected] of cases) assert.equal(matchCalls(given, wanted, rules), expected, JSON.stringify([given, wanted, rules]));
  });

  it("match themselves in any order, and laxer rules take all that stricter ones do", () => {
    const calls = fc.array(fc.record({ name: fc.constantFrom("a", "b"), arguments: fc.dictionary(fc.constantFrom("x", "y"), fc.integer({ min: 0, max: 1 }), { maxKeys: 2 }) }), { maxLength: 4 });
    fc.assert(fc.property(calls, calls, (given, wanted) => {
      assert.ok(matchCalls(given, [...given].reverse()) && matchCalls(given, given, { ordered: true }));
      const strict = matchCalls(given, wanted, { ordered: true });
      for (const rules of [{}, { extra: true }, { arguments: "subset" }, { arguments: "any" }] as const) assert.ok(!strict || matchCalls(given, wanted, rules));
      assert.ok(!matchCalls(given, wanted, { arguments: "subset" }) || matchCalls(given, wanted, { arguments: "any" }));
    }), { numRuns: 200 });
  });

  it("are judged where the record declares tools or the reference calls one: also that nothing is called where nothing should be", () => {
    const metric = findMetric("tool-calls");
    const lax = createMetric({ metric: "tool-calls", arguments: "subset", extra: true } as never);
    assert.deepEqual([metric?.measure("It is sunny.", "It is sunny.", { tools }), metric?.measure(text(call("now")), "It is sunny.", { tools }), lax?.measure(text(call("now"), call("weather", { city: "Rome", days: 1 })), text(call("weather", { city: "Rome" })))], [1, 0, 1]);
    assert.deepEqual([metric?.unsuited?.("Rome"), metric?.unsuited?.(text(call("now"))), metric?.unsuited?.("Rome", { tools })], ["the record declares no tools and its reference calls none", undefined, undefined]);
  });

  it("are valid when each is declared and its arguments fit the declared schema", () => {
    const valid = (...calls: ReturnType<typeof call>[]) => findMetric("tool-calls-valid")?.measure(text(...calls), "x", { tools });
    assert.deepEqual([valid(call("weather", { city: "Rome" }), call("now")), valid(call("weather", { town: "Rome" })), valid(call("weather", { city: "Rome", days: 1.5 })), valid(call("tomorrow")), valid(call("now", "text")), findMetric("tool-calls-valid")?.measure("Rome", "x", { tools })], [1, 0, 0, 0, 0, 1]);
    assert.equal(findMetric("tool-calls-valid")?.unsuited?.(text(call("now"))), "the record declares no tools");
  });

  it("come from records with their tools, and from what was said and called before", () => {
    const set = createTestSet();
    const messages = [{ role: "user", content: "Weather?" }, { role: "assistant", content: null, tool_calls: wire(call("now")) }, { role: "tool", tool_call_id: "call_0", content: "noon" }, { role: "assistant", tool_calls: [{ id: "b", type: "function", function: { name: "weather", arguments: { city: "Rome" } } }] }];
    set.add({ text: JSON.stringify({ messages, tools }) });
    set.add({ text: JSON.stringify({ messages: [messages[0], { role: "assistant", content: null }] }) });
    set.add({ text: JSON.stringify({ messages: [messages[0], { role: "assistant", content: "Sunny", tool_calls: null }], tools: [] }) });
    assert.deepEqual(set.records[0], { line: 1, tools, reference: text(call("weather", { city: "Rome" })), prompt: [
      { role: "user", content: "Weather?" }, { role: "assistant", content: "", tool_calls: wire(call("now")) }, { role: "tool", content: "noon", tool_call_id: "call_0" },
    ] });
    assert.deepEqual([set.refused[0]?.line, set.records[1]], [2, { line: 3, prompt: [{ role: "user", content: "Weather?" }], reference: "Sunny" }]);
  });
});
