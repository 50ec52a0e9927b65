import { appId } from '../../shared/managed/managed-places.ts';
import { managedNames } from '../../shared/managed/managed-settings.ts';
import { settingTexts } from './setting-texts.ts';
import { element, textElement } from './xml.ts';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
`;
/** Identify this profile to macOS, which replaces an installed one by the next one with the same ids. */
const uuids = {
  profile: 'B1D0B1B3-6F0E-4B3C-9B4F-5C2A5E1D7A10',
  settings: '4C1B8E52-9A5D-4B57-8A3E-2F7D9C6B1E21',
};

type Value = string | number | boolean | readonly string[];

function value(given: Value): string {
  if (typeof given === 'boolean') return `<${given} />`;
  if (typeof given === 'number') return textElement('integer', {}, String(given));
  if (typeof given === 'string') return textElement('string', {}, given);
  return element('array', {}, given);
}

const dictionary = (entries: Readonly<Record<string, Value>>): string =>
  element(
    'dict',
    {},
    Object.entries(entries).flatMap(([key, given]) => [textElement('key', {}, key), value(given)]),
  );

const payload = (type: string, uuid: string, identifier: string) => ({
  PayloadType: type,
  PayloadVersion: 1,
  PayloadIdentifier: identifier,
  PayloadUUID: uuid,
  PayloadDisplayName: 'Reset Desk',
});

/** A configuration profile for macOS with an example of each setting. Administrators remove the settings that operators may choose. */
export function mobileconfig(): string {
  const examples = Object.fromEntries(managedNames.map((name) => [name, settingTexts[name].example ?? '']));
  const settings = dictionary({
    ...payload(appId, uuids.settings, `${appId}.settings`),
    ...examples,
  });
  const profile = dictionary({
    ...payload('Configuration', uuids.profile, `${appId}.profile`),
    PayloadScope: 'System',
    PayloadContent: [settings],
  });
  return `${head}${element('plist', { version: '1.0' }, [profile])}\n`;
}
