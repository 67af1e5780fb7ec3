/** The moderation model that is asked. Source: OpenAI's specification, `CreateModerationRequest`. */
export const moderationModel = "omni-moderation-latest";
