/** A theme as VS Code gives it to a page: the class of the body and the variables of the root. Values of VS Code's own default themes. */
export interface Theme {
  readonly name: "light" | "dark" | "high-contrast" | "high-contrast-light";
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = { "font-family": "system-ui, sans-serif", "font-size": "13px", "font-weight": "normal", "editor-font-family": "monospace", "editor-font-size": "12px" };

export const themes: readonly Theme[] = [
  {
    name: "light",
    variables: {
      ...fonts, foreground: "#3b3b3b", descriptionForeground: "#3b3b3b", "editor-background": "#ffffff", "editor-foreground": "#3b3b3b", "editorWidget-background": "#f8f8f8", "widget-border": "#e5e5e5",
      "panel-border": "#e5e5e5", "textLink-foreground": "#005fb8", focusBorder: "#005fb8", "testing-iconPassed": "#2e7d32", "editorError-foreground": "#c72e2e", "editorWarning-foreground": "#8a6100",
      "charts-blue": "#1a6fc4", "button-background": "#005fb8", "button-foreground": "#ffffff", "button-hoverBackground": "#0258a8", "button-secondaryBackground": "#e5e5e5",
      "button-secondaryForeground": "#3b3b3b", "button-secondaryHoverBackground": "#cccccc", "button-border": "transparent", "list-activeSelectionBackground": "#005fb8", "list-activeSelectionForeground": "#ffffff",
    },
  },
  {
    name: "dark",
    variables: {
      ...fonts, foreground: "#cccccc", descriptionForeground: "#9d9d9d", "editor-background": "#1f1f1f", "editor-foreground": "#cccccc", "editorWidget-background": "#202020", "widget-border": "#313131",
      "panel-border": "#2b2b2b", "textLink-foreground": "#4daafc", focusBorder: "#0078d4", "testing-iconPassed": "#73c991", "editorError-foreground": "#f14c4c", "editorWarning-foreground": "#cca700",
      "charts-blue": "#3794ff", "button-background": "#0078d4", "button-foreground": "#ffffff", "button-hoverBackground": "#026ec1", "button-secondaryBackground": "#313131",
      "button-secondaryForeground": "#cccccc", "button-secondaryHoverBackground": "#3c3c3c", "button-border": "transparent", "list-activeSelectionBackground": "#04395e", "list-activeSelectionForeground": "#ffffff",
    },
  },
  {
    name: "high-contrast",
    variables: {
      ...fonts, foreground: "#ffffff", descriptionForeground: "#ffffff", "editor-background": "#000000", "editor-foreground": "#ffffff", "editorWidget-background": "#0c141f", contrastBorder: "#6fc3df",
      contrastActiveBorder: "#f38518", "textLink-foreground": "#21a6ff", focusBorder: "#f38518", "testing-iconPassed": "#89d185", "editorError-foreground": "#f48771", "editorWarning-foreground": "#ffd370",
      "charts-blue": "#3794ff", "button-background": "#000000", "button-foreground": "#ffffff", "button-border": "#6fc3df", "button-secondaryBackground": "#000000", "button-secondaryForeground": "#ffffff",
      "list-activeSelectionBackground": "#000000", "list-activeSelectionForeground": "#ffffff",
    },
  },
  {
    name: "high-contrast-light",
    variables: {
      ...fonts, foreground: "#292929", descriptionForeground: "#292929", "editor-background": "#ffffff", "editor-foreground": "#292929", "editorWidget-background": "#ffffff", contrastBorder: "#0f4a85",
      contrastActiveBorder: "#006bbd", "textLink-foreground": "#0f4a85", focusBorder: "#006bbd", "testing-iconPassed": "#007100", "editorError-foreground": "#b5200d", "editorWarning-foreground": "#895503",
      "charts-blue": "#0f4a85", "button-background": "#0f4a85", "button-foreground": "#ffffff", "button-border": "#0f4a85", "button-secondaryBackground": "#ffffff", "button-secondaryForeground": "#292929",
      "list-activeSelectionBackground": "#ffffff", "list-activeSelectionForeground": "#292929",
    },
  },
];
