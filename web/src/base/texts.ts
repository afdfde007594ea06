import { locale, type Locale } from './locale';

export type Params = Readonly<Record<string, string | number>>;

/** A function from key to text in today's language, with both dictionaries for the completeness test. */
export interface Texts<Key extends string> {
  (key: Key, params?: Params): string;
  readonly dictionaries: Readonly<Record<Locale, Readonly<Record<Key, string>>>>;
}

/** Replaces `{name}` by its value and `{name:one|many}` by the form that fits the number. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole: string, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one === undefined || many === undefined) return String(value);
    return Number(value) === 1 ? one : many;
  });
}

/** Binds a pair of dictionaries; the German one defines the keys, a missing or superfluous English one does not compile. */
export function texts<Key extends string>(dictionaries: {
  de: Readonly<Record<Key, string>>;
  en: Readonly<Record<NoInfer<Key>, string>>;
}): Texts<Key> {
  const translate = (key: Key, params: Params = {}): string => fill(dictionaries[locale()][key], params);
  return Object.assign(translate, { dictionaries });
}
