import en from '../../locales/en.json';
import sv from '../../locales/sv.json';

/** Every text of the pages, by key. English is the measure: `TextKey` is its keys. */
export type TextKey = keyof typeof en;
export type Language = 'sv' | 'en';

const catalogues: Record<Language, Record<TextKey, string>> = { sv, en };

export function language_of(tag: string): Language {
  return tag.toLowerCase().startsWith('sv') ? 'sv' : 'en';
}

export function is_text_key(key: string): key is TextKey {
  return key in en;
}

/** `{name}` in the text is replaced by `values.name`; an unknown name stays as it is. */
export function format(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export class Catalogue {
  constructor(readonly language: Language) {}

  text(key: TextKey, values: Record<string, string | number> = {}): string {
    return format(catalogues[this.language][key], values);
  }

  /** The text of `prefix.suffix`, or of `fallback` where the catalogue has no such key. */
  text_for(prefix: string, suffix: string, fallback: TextKey): string {
    const key = `${prefix}.${suffix}`;
    return this.text(is_text_key(key) ? key : fallback);
  }
}

const page_language = typeof document === 'undefined' ? 'en' : document.documentElement.lang;

/** The catalogue of this page's language. */
export const catalogue = new Catalogue(language_of(page_language));
export const t = catalogue.text.bind(catalogue);
