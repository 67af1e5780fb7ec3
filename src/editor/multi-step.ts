import * as vscode from "vscode";

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

/** A quick pick of one step. */
export async function pick<Item extends vscode.QuickPickItem>(frame: StepFrame, placeholder: string, items: readonly Item[]): Promise<Item | "back" | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  input.items = items;
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  return show(input, frame, () => input.selectedItems[0]);
}

/** An input box of one step; `refuse` says why a text cannot be taken. */
export async function enter(frame: StepFrame, prompt: string, value: string, refuse: (text: string) => string | undefined): Promise<string | "back" | undefined> {
  const input = vscode.window.createInputBox();
  input.prompt = prompt;
  input.value = value;
  input.onDidChangeValue((text) => {
    input.validationMessage = refuse(text);
  });
  const entered = await show(input, frame, () => (refuse(input.value) === undefined ? { text: input.value } : undefined));
  return typeof entered === "object" ? entered.text : entered;
}

/** Shows an input with its frame and a button back; `read` gives what was accepted, undefined while it cannot be. */
function show<Value extends object>(input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, frame: StepFrame, read: () => Value | undefined): Promise<Value | "back" | undefined> {
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.totalSteps;
  input.ignoreFocusOut = true;
  if (frame.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Value | "back" | undefined>((resolve) => {
    input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve("back"));
    input.onDidAccept(() => {
      const value = read();
      if (value !== undefined) resolve(value);
    });
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}
