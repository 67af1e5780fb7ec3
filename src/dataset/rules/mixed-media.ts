import { createExamples } from "../examples.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const mixedMedia: DatasetRule = {
  id: "mixed-media",
  severity: "error",
  summary: "A file holds records with images and records with videos, and the target takes one of the two.",
  explanation: "Amazon Nova is trained on texts with images, or on texts with videos, and refuses a file with both. Make two files of it. The records of the rarer kind are marked, the first hundred.",
  source: "https://docs.aws.amazon.com/nova/latest/userguide/fine-tune-prepare-data-understanding.html",
  begin: ({ target: { images, title } }) => {
    const pictures = createExamples();
    const films = createExamples();
    return {
      add(summary) {
        const { traits } = summary;
        if (traits?.media === "images") pictures.add(summary);
        else if (traits?.media === "videos") films.add(summary);
        return nothing;
      },
      finish() {
        if (typeof images !== "object" || images.videos === undefined || pictures.count() === 0 || films.count() === 0) return nothing;
        const [rarer, words] = pictures.count() <= films.count() ? ([pictures, "images"] as const) : ([films, "a video"] as const);
        return rarer.problems(() => `This record shows ${words}; the file has ${pictures.count()} ${pictures.count() === 1 ? "record" : "records"} with images and ${films.count()} with videos, and ${title} takes one kind a file.`);
      },
    };
  },
};
