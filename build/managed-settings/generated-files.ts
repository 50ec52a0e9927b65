import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { managedValues } from '../../shared/managed/managed-settings.ts';
import { adml, admx } from './group-policy.ts';
import { mobileconfig } from './profile.ts';
import { settingKinds, type SettingKind } from './setting-kind.ts';
import { languages, settingTexts } from './setting-texts.ts';

export const root = new URL('../../', import.meta.url);
const folder = 'docs/managed-settings';
const page = 'docs/managed-settings.md';
const start = '<!-- settings: written by build/managed-settings/generate.ts -->';
const end = '<!-- /settings -->';

function jsonSchema(): string {
  const { $schema, properties, ...rest } = z.toJSONSchema(managedValues);
  const described = Object.entries(properties ?? {}).map(([name, property]) => {
    const { title, help } = settingTexts[name as keyof typeof settingTexts];
    const facts = { title: title['en-US'], description: help['en-US'] };
    return [name, { ...facts, ...(property as object) }];
  });
  const schema = {
    $schema,
    title: 'Managed settings of Reset Desk',
    ...rest,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(described) },
  };
  return JSON.stringify(schema);
}

function valuesText(kind: SettingKind): string {
  switch (kind.kind) {
    case 'switch':
      return '`true`, `false` (registry: `1`, `0`)';
    case 'text':
      return 'an address';
    case 'number':
      return `a whole number from ${kind.min} to ${kind.max}`;
    case 'choice':
      return kind.choices.map((choice) => `\`${choice}\``).join(', ');
  }
}

const table = (): string =>
  [
    '| setting | values | effect |',
    '| --- | --- | --- |',
    ...settingKinds.map(
      ([name, kind]) => `| \`${name}\` | ${valuesText(kind)} | ${settingTexts[name].help['en-US']} |`,
    ),
  ].join('\n');

function documentation(): string {
  const text = readFileSync(new URL(page, root), 'utf8');
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${page} has lost the markers of its table`);
  return `${before}${start}\n\n${table()}\n\n${end}${after}`;
}

async function formatted(path: string, text: string): Promise<string> {
  const filepath = fileURLToPath(new URL(path, root));
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** Every file that is made from the table of settings, by its path from the project's root. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [`${folder}/ResetDesk.admx`, admx()],
    ...languages.map((language) => [`${folder}/${language}/ResetDesk.adml`, adml(language)] as const),
    [`${folder}/reset-desk.mobileconfig`, mobileconfig()],
    [`${folder}/policy.schema.json`, await formatted(`${folder}/policy.schema.json`, jsonSchema())],
    [page, await formatted(page, documentation())],
  ]);
}
