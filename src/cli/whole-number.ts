import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number from `least` on. What it gives throws commander's error, which names the option. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) throw new InvalidArgumentError(`A whole number from ${least} is expected.`);
    return number;
  };
}
