import { readFileSync } from 'node:fs';
import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { managedNames, managedValues } from '../../shared/managed/managed-settings.ts';
import { generatedFiles, root } from './generated-files.ts';
import { settingKinds } from './setting-kind.ts';
import { languages, settingTexts } from './setting-texts.ts';

const files = await generatedFiles();
const at = (ending: string) => [...files].filter(([path]) => path.endsWith(ending));

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a text, in order. Throws where it is not well-formed. */
function elementsOf(xml: string): readonly Tag[] {
  const found: Tag[] = [];
  const parser = sax.parser(true);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a parser, and no event target
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) =>
    void found.push({ name, attributes: attributes as Record<string, string> });
  parser.write(xml).close();
  return found;
}

const valuesOf = (tags: readonly Tag[], name: string, attribute: string) =>
  tags.filter((tag) => tag.name === name).map(({ attributes }) => attributes[attribute] ?? '');

/** The ids in references such as `$(string.Name)`. */
const references = (xml: string, kind: 'string' | 'presentation') =>
  [...xml.matchAll(/\$\((string|presentation)\.([^)]+)\)/g)]
    .filter(([, found]) => found === kind)
    .map(([, , id]) => id ?? '');

const unique = (all: readonly string[]) => [...new Set(all)].toSorted();

describe('the files that are made from the table of managed settings', () => {
  it.each([...files])('%s is up to date (node build/managed-settings/generate.ts)', (path, text) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(text);
  });

  it.each([...at('.admx'), ...at('.adml'), ...at('.mobileconfig')])(
    '%s is well-formed XML',
    (_path, text) => {
      expect(elementsOf(text).length).toBeGreaterThan(managedNames.length);
    },
  );

  it('have a policy for each setting with an element where it takes a value', () => {
    const [[, admx] = ['', '']] = at('.admx');
    const tags = elementsOf(admx);
    expect(valuesOf(tags, 'policy', 'name')).toEqual(managedNames);
    const asked = ['text', 'decimal', 'enum']
      .flatMap((name) => valuesOf(tags, name, 'id'))
      .filter((id) => id !== '');
    expect(unique(asked)).toEqual(
      unique(settingKinds.filter(([, { kind }]) => kind !== 'switch').map(([name]) => name)),
    );
    for (const policy of tags.filter(({ name }) => name === 'policy'))
      expect(policy.attributes).toMatchObject({ class: 'Both', key: 'Software\\Policies\\Reset Desk' });
  });

  it.each(languages)('resolve exactly the ids of the template in %s', (language) => {
    const [[, admx] = ['', '']] = at('.admx');
    const adml = files.get(`docs/managed-settings/${language}/ResetDesk.adml`) ?? '';
    const tags = elementsOf(adml);
    const strings = valuesOf(tags, 'string', 'id');
    expect(strings.toSorted()).toEqual(unique(references(admx, 'string')));
    const presentations = valuesOf(tags, 'presentation', 'id');
    expect(presentations.toSorted()).toEqual(unique(references(admx, 'presentation')));
    // What a presentation shows is an element of the policy.
    const shown = ['textBox', 'dropdownList', 'decimalTextBox'].flatMap((name) =>
      valuesOf(tags, name, 'refId'),
    );
    expect(shown.toSorted()).toEqual(presentations.toSorted());
  });

  it('say each text in each language', () => {
    const all = Object.values(settingTexts).flatMap(({ title, help, choices = {} }) => [
      title,
      help,
      ...Object.values(choices),
    ]);
    for (const text of all) for (const language of languages) expect(text[language].trim()).not.toBe('');
    // Fails for a text that was copied instead of translated.
    for (const { help } of Object.values(settingTexts))
      expect(new Set(Object.values(help)).size).toBe(languages.length);
  });

  it.each(settingKinds)('have a label for each choice of %s', (name, kind) => {
    const { choices = {}, example } = settingTexts[name];
    expect(Object.keys(choices)).toEqual(kind.kind === 'choice' ? kind.choices : []);
    expect(managedValues.safeParse({ [name]: example }).success).toBe(true);
    const [[, profile] = ['', '']] = at('.mobileconfig');
    expect(profile).toContain(`<key>${name}</key>`);
  });
});
