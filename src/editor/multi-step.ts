/** What one step of a sequence of questions is shown with. */
export interface StepFrame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** What a step gives: the answers so far with its own, or "back" for the question before, or undefined when the user turned away. */
export type StepResult<Answers> = Answers | "back" | undefined;

/** One question. A step that has nothing to ask gives its answers as they are, and is passed over on the way back too. */
export interface Step<Answers> {
  /** Whether the answers so far leave it open. */
  readonly asks: (answers: Answers) => boolean;
  readonly ask: (answers: Answers, frame: StepFrame) => Promise<StepResult<Answers>>;
}

/** Asks the questions that are open, one after the other, with a way back to each; "back" from the first, undefined when the user turned away. */
export async function askSteps<Answers>(title: string, steps: readonly Step<Answers>[], given: Answers): Promise<StepResult<Answers>> {
  const open = steps.filter(({ asks }) => asks(given));
  const before: Answers[] = [given];
  while (before.length <= open.length) {
    const index = before.length - 1;
    const answers = before[index] ?? given;
    const result = await open[index]?.ask(answers, { title, step: before.length, totalSteps: open.length });
    if (result === undefined) return undefined;
    if (result === "back") before.pop();
    else before.push(result);
    if (before.length === 0) return "back";
  }
  return before.at(-1);
}
