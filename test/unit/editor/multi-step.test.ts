import assert from "node:assert/strict";
import { askSteps, type Step, type StepFrame, type StepResult } from "../../../src/editor/multi-step.ts";

type Answers = Readonly<Record<string, number>>;

/** Questions by name, each answered by the next of its results; `asked` tells the order and how each was shown. */
function questions(results: Readonly<Record<string, readonly (number | "back" | undefined)[]>>) {
  const asked: string[] = [];
  const left = new Map(Object.entries(results).map(([name, all]) => [name, [...all]]));
  const steps = Object.keys(results).map((name): Step<Answers> => ({
    asks: (answers) => !(name in answers),
    async ask(answers, { title, step, totalSteps }: StepFrame): Promise<StepResult<Answers>> {
      asked.push(`${title} ${name} ${step}/${totalSteps}`);
      const result = left.get(name)?.shift();
      return typeof result === "number" ? { ...answers, [name]: result } : result;
    },
  }));
  return { steps, asked };
}

describe("a sequence of questions", () => {
  it("asks one after the other and gives all answers", async () => {
    const { steps, asked } = questions({ a: [1], b: [2] });
    assert.deepEqual(await askSteps("T", steps, {}), { a: 1, b: 2 });
    assert.deepEqual(asked, ["T a 1/2", "T b 2/2"]);
  });

  it("does not ask what is answered already, and does not count it", async () => {
    const { steps, asked } = questions({ a: [], b: [2], c: [3] });
    assert.deepEqual(await askSteps("T", steps, { a: 0 }), { a: 0, b: 2, c: 3 });
    assert.deepEqual(asked, ["T b 1/2", "T c 2/2"]);
    assert.deepEqual(await askSteps("T", questions({ a: [] }).steps, { a: 0 }), { a: 0 });
  });

  it("goes back, and takes the new answer", async () => {
    const { steps, asked } = questions({ a: [1, 5], b: ["back", 2, 2], c: ["back", 3] });
    assert.deepEqual(await askSteps("T", steps, {}), { a: 5, b: 2, c: 3 });
    assert.deepEqual(asked.map((each) => each.split(" ")[1]).join(""), "ababcbc");
  });

  it("tells when the user went back from the first question, or turned away from any", async () => {
    assert.equal(await askSteps("T", questions({ a: ["back"] }).steps, {}), "back");
    assert.equal(await askSteps("T", questions({ a: [1], b: [undefined] }).steps, {}), undefined);
  });
});
