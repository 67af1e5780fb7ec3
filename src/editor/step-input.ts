import * as vscode from "vscode";
import type { StepFrame } from "./multi-step.ts";

/** A quick pick of one step; `active` is the item that is in front. */
export async function pick<Item extends vscode.QuickPickItem>(frame: StepFrame, placeholder: string, items: readonly Item[], active?: Item): Promise<Item | "back" | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  input.items = items;
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  if (active) input.activeItems = [active];
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
