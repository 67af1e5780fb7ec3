/** A theme as VS Code gives it to a page: the class of the body and the variables of the root. */
export interface Theme {
  readonly name: "light" | "dark" | "high-contrast" | "high-contrast-light";
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = { "font-family": "system-ui, sans-serif", "font-size": "13px", "font-weight": "normal", "editor-font-family": "monospace", "editor-font-size": "14px" };

/** The values that VS Code 1.139 gave a page in its own themes (Light 2026, Dark 2026, Dark High Contrast, Light High Contrast). What is missing here was missing there. */
export const themes: readonly Theme[] = [
  {
    name: "light",
    variables: {
      ...fonts, foreground: "#202020", descriptionForeground: "#606060", "editor-background": "#ffffff", "editor-foreground": "#202020",
      "editorWidget-background": "#fafafd", "widget-border": "#e2e2e5", "panel-border": "#f0f1f2", "textLink-foreground": "#0069cc", focusBorder: "#0069cc",
      "charts-blue": "#1a5cff", "charts-green": "#388a34", "charts-red": "#ad0707", "charts-yellow": "#667309", "button-background": "#0069cc",
      "button-foreground": "#ffffff", "button-hoverBackground": "#0063c1", "button-border": "#0069cc", "button-secondaryBackground": "#eaeaea",
      "button-secondaryForeground": "#202020", "button-secondaryHoverBackground": "#f2f3f4", "button-secondaryBorder": "#eaeaea",
      "list-activeSelectionBackground": "rgba(0, 0, 0, 0.14)", "list-activeSelectionForeground": "#202020", "inputValidation-errorBorder": "#ad0707",
      "inputValidation-errorBackground": "#fdeded", "inputValidation-errorForeground": "#202020",
    },
  },
  {
    name: "dark",
    variables: {
      ...fonts, foreground: "#bfbfbf", descriptionForeground: "#8c8c8c", "editor-background": "#121314", "editor-foreground": "#bbbebf",
      "editorWidget-background": "#202122", "widget-border": "#2a2b2c", "panel-border": "#2a2b2c", "textLink-foreground": "#48a0c7", focusBorder: "rgba(57, 148, 188, 0.7)",
      "charts-blue": "#57a3f8", "charts-green": "#86cf86", "charts-red": "#ef8773", "charts-yellow": "#e0b97f", "button-background": "#297aa0",
      "button-foreground": "#ffffff", "button-hoverBackground": "#2b7da3", "button-border": "#297aa0", "button-secondaryBackground": "rgba(0, 0, 0, 0)",
      "button-secondaryForeground": "#cccccc", "button-secondaryHoverBackground": "rgba(255, 255, 255, 0.06)", "button-secondaryBorder": "#333536",
      "list-activeSelectionBackground": "rgba(255, 255, 255, 0.13)", "list-activeSelectionForeground": "#ededed", "inputValidation-errorBorder": "#be1100",
      "inputValidation-errorBackground": "#3a1d1d", "inputValidation-errorForeground": "#bfbfbf",
    },
  },
  {
    name: "high-contrast",
    variables: {
      ...fonts, foreground: "#ffffff", descriptionForeground: "rgba(255, 255, 255, 0.7)", "editor-background": "#000000", "editor-foreground": "#ffffff",
      "editorWidget-background": "#0c141f", "widget-border": "#6fc3df", "panel-border": "#6fc3df", contrastBorder: "#6fc3df", contrastActiveBorder: "#f38518",
      "textLink-foreground": "#21a6ff", focusBorder: "#f38518", "charts-blue": "#59a4f9", "charts-green": "#89d185", "charts-red": "#f48771", "charts-yellow": "#ffd370",
      "button-background": "#000000", "button-foreground": "#ffffff", "button-hoverBackground": "#000000", "button-border": "#6fc3df",
      "button-secondaryForeground": "#ffffff", "button-secondaryBorder": "#6fc3df", "inputValidation-errorBorder": "#6fc3df", "inputValidation-errorBackground": "#000000",
    },
  },
  {
    name: "high-contrast-light",
    variables: {
      ...fonts, foreground: "#292929", descriptionForeground: "rgba(41, 41, 41, 0.7)", "editor-background": "#ffffff", "editor-foreground": "#292929",
      "editorWidget-background": "#ffffff", "widget-border": "#0f4a85", "panel-border": "#0f4a85", contrastBorder: "#0f4a85", contrastActiveBorder: "#006bbd",
      "textLink-foreground": "#0f4a85", focusBorder: "#006bbd", "charts-blue": "#0063d3", "charts-green": "#374e06", "charts-red": "#b5200d", "charts-yellow": "#895503",
      "button-background": "#0f4a85", "button-foreground": "#ffffff", "button-hoverBackground": "#0f4a85", "button-border": "#0f4a85",
      "button-secondaryBackground": "#ffffff", "button-secondaryForeground": "#292929", "button-secondaryBorder": "#0f4a85",
      "list-activeSelectionBackground": "rgba(15, 74, 133, 0.1)", "inputValidation-errorBorder": "#0f4a85", "inputValidation-errorBackground": "#ffffff",
      "inputValidation-errorForeground": "#292929",
    },
  },
];
