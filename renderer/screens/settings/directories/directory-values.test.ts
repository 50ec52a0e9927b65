import { expect, it } from 'vitest';
import { externalDirectorySettings } from '../../../../shared/api/directory-settings.ts';
import { settingsOf, valuesOf } from './directory-values.ts';

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

it.each([
  {
    kind: 'entra',
    tenant: 'example.onmicrosoft.com',
    clientId: '0f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f',
    certificate,
    cloud: 'china',
    graphUrl: 'https://graph.example.com',
    privilegedGroups: ['1f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f'],
    writesBack: true,
    canEnable: true,
  },
  {
    kind: 'keycloak',
    url: 'https://login.example.com',
    realm: 'staff',
    clientId: 'reset-desk',
    privilegedRoles: ['admin', 'owner'],
    canTryPasswords: true,
  },
])('shows stored settings of $kind and saves them unchanged', (stored) => {
  const settings = externalDirectorySettings.parse(stored);
  expect(settingsOf(valuesOf('Head office', true, settings))).toEqual(settings);
});

it('drops the certificate of Microsoft Entra ID for a client secret', () => {
  const settings = externalDirectorySettings.parse({
    kind: 'entra',
    tenant: 'example.onmicrosoft.com',
    clientId: '0f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f',
    certificate,
  });
  const values = { ...valuesOf('Head office', true, settings), credential: 'secret' as const };
  expect(settingsOf(values)).toMatchObject({ credential: 'secret', certificate: '' });
});
