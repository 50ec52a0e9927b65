import { createInstance, type i18n } from 'i18next';

/** Texts in nested groups. Plural forms are siblings whose names end in `_one` and `_other`. */
type Texts = { readonly [name: string]: string | readonly unknown[] | Texts };

type WithoutPlural<Name extends string> = Name extends `${infer Stem}_${'one' | 'other'}` ? Stem : Name;

/** The path of every text, such as `forgot.sent.title`; plural forms share one path. */
export type TextPath<Group> = {
  [Name in keyof Group & string]: Group[Name] extends string
    ? WithoutPlural<Name>
    : Group[Name] extends Texts
      ? `${Name}.${TextPath<Group[Name]>}`
      : never;
}[keyof Group & string];

/** The values of placeholders such as `{{name}}`. `count` also chooses the plural form. */
export type TextValues = Readonly<Record<string, string | number>>;

/**
 * Fills in texts of one catalogue. i18next is loaded at the first call with values; a text without values is read directly from the catalogue. Values
 * are neither escaped nor searched for placeholders: the caller escapes them for their destination.
 */
export function createTranslate<const Catalogue extends Texts>(
  texts: Catalogue,
): (path: TextPath<Catalogue>, values: TextValues) => string {
  let instance: i18n | undefined;
  const start = (): i18n => {
    const created = createInstance({
      lng: 'en',
      initAsync: false,
      interpolation: { escapeValue: false },
      resources: { en: { translation: texts } },
    });
    void created.init();
    return created;
  };
  return (path, values) => {
    instance ??= start();
    return String(instance.t(path as never, values as never));
  };
}
