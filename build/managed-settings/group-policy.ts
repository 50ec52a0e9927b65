import { registryKey } from '../../shared/managed/managed-places.ts';
import type { ManagedName } from '../../shared/managed/managed-settings.ts';
import { settingKinds, type SettingKind } from './setting-kind.ts';
import { productTexts, settingTexts, type Language, type Text } from './setting-texts.ts';
import { element, textElement } from './xml.ts';

const head = '<?xml version="1.0" encoding="utf-8"?>\n';
const namespaces = {
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  xmlns: 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions',
  revision: '1.0',
  schemaVersion: '1.0',
};
const category = 'ResetDesk';
const supported = 'Supported_0_1';
const string = (id: string) => `$(string.${id})`;

function valuesOf(name: ManagedName, kind: SettingKind): readonly string[] {
  const at = { id: name, valueName: name, required: 'true' };
  switch (kind.kind) {
    case 'switch':
      return [
        element('enabledValue', {}, [element('decimal', { value: 1 })]),
        element('disabledValue', {}, [element('decimal', { value: 0 })]),
      ];
    case 'text':
      return [element('elements', {}, [element('text', { ...at, maxLength: kind.maxLength })])];
    case 'number':
      return [
        element('elements', {}, [element('decimal', { ...at, minValue: kind.min, maxValue: kind.max })]),
      ];
    case 'choice': {
      const items = kind.choices.map((choice) =>
        element('item', { displayName: string(`${name}_${choice}`) }, [
          element('value', {}, [textElement('string', {}, choice)]),
        ]),
      );
      return [element('elements', {}, [element('enum', at, items)])];
    }
  }
}

const policy = ([name, kind]: (typeof settingKinds)[number]): string =>
  element(
    'policy',
    {
      name,
      class: 'Both',
      displayName: string(name),
      explainText: string(`${name}_Help`),
      key: registryKey,
      ...(kind.kind === 'switch' ? { valueName: name } : { presentation: `$(presentation.${name})` }),
    },
    [
      element('parentCategory', { ref: category }),
      element('supportedOn', { ref: supported }),
      ...valuesOf(name, kind),
    ],
  );

/** The administrative template (ADMX) of all settings. */
export const admx = (): string =>
  `${head}${element('policyDefinitions', namespaces, [
    element('policyNamespaces', {}, [
      element('target', { prefix: 'resetdesk', namespace: 'ResetDesk.Policies' }),
    ]),
    element('resources', { minRequiredRevision: '1.0' }),
    element('supportedOn', {}, [
      element('definitions', {}, [
        element('definition', { name: supported, displayName: string(supported) }),
      ]),
    ]),
    element('categories', {}, [element('category', { name: category, displayName: string(category) })]),
    element('policies', {}, settingKinds.map(policy)),
  ])}\n`;

function presentation(name: ManagedName, kind: SettingKind, language: Language): readonly string[] {
  const label = settingTexts[name].title[language];
  const at = { refId: name };
  switch (kind.kind) {
    case 'switch':
      return [];
    case 'text':
      return [
        element('presentation', { id: name }, [element('textBox', at, [textElement('label', {}, label)])]),
      ];
    case 'number':
      return [
        element('presentation', { id: name }, [
          textElement('decimalTextBox', { ...at, defaultValue: String(settingTexts[name].example) }, label),
        ]),
      ];
    case 'choice':
      return [
        element('presentation', { id: name }, [
          textElement('dropdownList', { ...at, noSort: 'true', defaultItem: '0' }, label),
        ]),
      ];
  }
}

/** The texts of the administrative template in a language (ADML). */
export function adml(language: Language): string {
  const strings: [string, Text][] = [
    [category, productTexts.name],
    [supported, productTexts.supported],
    ...settingKinds.flatMap(([name]): [string, Text][] => {
      const { title, help, choices = {} } = settingTexts[name];
      const labels = Object.entries(choices).map(([choice, label]): [string, Text] => [
        `${name}_${choice}`,
        label,
      ]);
      return [[name, title], [`${name}_Help`, help], ...labels];
    }),
  ];
  return `${head}${element('policyDefinitionResources', namespaces, [
    textElement('displayName', {}, productTexts.name[language]),
    textElement('description', {}, productTexts.description[language]),
    element('resources', {}, [
      element(
        'stringTable',
        {},
        strings.map(([id, text]) => textElement('string', { id }, text[language])),
      ),
      element(
        'presentationTable',
        {},
        settingKinds.flatMap(([name, kind]) => presentation(name, kind, language)),
      ),
    ]),
  ])}\n`;
}
