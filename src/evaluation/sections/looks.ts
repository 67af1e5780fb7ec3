import { chanceOfFalseAlarm } from "../history.ts";
import type { Section } from "./section.ts";
import { percent } from "./words.ts";

/** That a test file was looked at before, and what that does to a verdict; undefined for the first look. */
export function looksSection({ looks = 1 }: { readonly looks?: number | undefined }): Section | undefined {
  return looks < 2 ? undefined : { title: "Runs on this test file", paragraphs: [looksWords(looks)], tables: [] };
}

/** The same in sentences. */
export function looksWords(looks: number): string {
  return `This is comparison ${looks.toLocaleString("en")} on this test file. Each is corrected for its own tests alone: where nothing differs at all, up to ${percent(chanceOfFalseAlarm(looks))} of such series show a difference by chance (1 − 0.95 to the power of ${looks}, as for independent comparisons). The more often a test file is looked at, the less its next verdict says; keep records that no run has seen for the last word.`;
}
