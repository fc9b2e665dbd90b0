// The SPARQL editor of the start page, as source. `editor.js` is made from it:
//   npm i esbuild codemirror@6.0.2 codemirror-lang-sparql@2.1.0
//   npx esbuild editor.mjs --bundle --minify --format=iife --legal-comments=none --outfile=editor.js
// It lives in a shadow root, where its styles are adopted sheets: so the page's policy
// can forbid every inline style and script.
import { EditorView, basicSetup } from "codemirror";
import { autocompletion } from "@codemirror/autocomplete";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { SparqlLanguage, sparql } from "codemirror-lang-sparql";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--code-variable)" },
  { tag: [tags.string, tags.annotation], color: "var(--code-string)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--code-number)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--code-name)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--accent)" },
  ".cm-content": { caretColor: "var(--ink)", fontFamily: "var(--mono)", padding: ".6rem 0", minHeight: "11rem" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", maxHeight: "26rem" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--quiet)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--selection)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--surface)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]":
    { color: "var(--ink)", backgroundColor: "var(--selection)" },
  ".cm-completionInfo": { maxWidth: "20rem", padding: ".4rem .6rem" },
  ".cm-panels, .cm-panels input, .cm-panels button":
    { color: "var(--ink)", backgroundColor: "var(--surface)", backgroundImage: "none" },
});

// Words of ours (kg:Chip, chip:) wherever a name is begun, and the variables of the query.
function completing(words) {
  return (context) => {
    const found = context.matchBefore(/[?$]?[\w-]*:?[\w.-]*/);
    if (!found || (found.from === found.to && !context.explicit)) return null;
    if (/^[?$]/.test(found.text)) {
      const names = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      names.delete(found.text);
      return { from: found.from, options: [...names].map((label) => ({ label, type: "variable" })) };
    }
    return { from: found.from, options: words, validFor: /^[\w-]*:?[\w.-]*$/ };
  };
}

window.chiptraceEditor = (host, text, words, run) => {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    doc: text,
    root,
    parent: root,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      basicSetup,
      sparql(),
      SparqlLanguage.data.of({ autocomplete: completing(words) }),
      autocompletion({ icons: false }),
      syntaxHighlighting(colours),
      look,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query" }),
    ],
  });
  return {
    text: () => view.state.doc.toString(),
    put: (words) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } }),
    focus: () => view.focus(),
  };
};
