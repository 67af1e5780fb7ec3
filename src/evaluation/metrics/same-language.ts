import { francAll } from "franc-min";
import type { Metric } from "./metric.ts";

/** Below so many characters a language is a guess. */
const shortest = 20;
/** A language that fits a text nearly as well as the best one does may be its language: neighbours such as Spanish and Portuguese share their short texts. */
const near = 0.9;

/** Whether tuning has made a model answer in another language. */
export const sameLanguageMetric: Metric = {
  id: "same-language",
  title: "Same language",
  explanation: "An answer is right when it is in the reference's language, by the frequency of letter triples (franc, 82 languages). An answer under 20 characters is taken for right; references under 20 characters are left out.",
  kind: "pass-fail",
  measure: (answer, reference) => Number(speaks(answer, languageOf(reference))),
  unsuited: (reference) => (languageOf(reference) === undefined ? "the reference is too short to tell its language" : undefined),
};

function languageOf(text: string): string | undefined {
  const [language] = francAll(text, { minLength: shortest })[0] ?? [];
  return language === "und" ? undefined : language;
}

function speaks(text: string, language: string | undefined): boolean {
  const languages = francAll(text, { minLength: shortest });
  return languages[0]?.[0] === "und" || languages.some(([each, score]) => each === language && score >= near);
}
