/** The one style sheet of a report, in the reader's own colours: light, dark and high contrast are the browser's. */
export const style = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;background:Canvas;color:CanvasText}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.25rem 0;max-width:60rem}
th,td{border-bottom:1px solid GrayText;padding:.3rem .75rem .3rem 0;text-align:left;vertical-align:top}
td.text{white-space:pre-wrap;overflow-wrap:anywhere;min-width:10rem;max-width:25rem;unicode-bidi:isolate}
svg{display:block;max-width:100%;height:auto;margin:1rem 0}
dt{font-weight:600}dd{margin:0 0 .5rem 0;overflow-wrap:anywhere}`;

/** The SHA-256 of the style sheet in Base64, for the policy that lets nothing else of a report be applied or loaded. A test holds it to the sheet. */
export const styleHash = "gVwrzG42Z0HgVubD+jwSItLWqtbrG5/FnRqeolsolzI=";
