// Stands in for "style-mod" in the table editor: its rules go into a constructed style sheet, since the Content-Security-Policy
// forbids the <style> element that the original makes.
// @ts-expect-error the package's own file, past the alias that leads here
import { StyleModule as Original } from "../../node_modules/style-mod/src/style-mod.js";

const sheet = new CSSStyleSheet();
const mounted = new Set<object>();

export class StyleModule extends Original {
  static mount(root: Document | ShadowRoot, modules: StyleModule | StyleModule[]): void {
    const owner = (root as ShadowRoot).host ? root : document;
    if (!owner.adoptedStyleSheets.includes(sheet)) owner.adoptedStyleSheets = [...owner.adoptedStyleSheets, sheet];
    for (const module of Array.isArray(modules) ? modules : [modules]) {
      if (mounted.has(module)) continue;
      mounted.add(module);
      for (const rule of (module as unknown as { rules: string[] }).rules) sheet.insertRule(rule, sheet.cssRules.length);
    }
  }
}
