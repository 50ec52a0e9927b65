import {
  enterpriseAttributes,
  enterpriseUrn,
  userAttributes,
  userUrn,
  type Attribute,
} from './user-schema.ts';

const urn = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`;
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The maximum number of resources in one answer. */
export const maxResults = 200;

const described = (attribute: Attribute): object => ({
  name: attribute.name,
  type: attribute.type,
  multiValued: attribute.multiValued ?? false,
  description: attribute.description,
  required: attribute.required ?? false,
  ...(attribute.type !== 'boolean' &&
    attribute.type !== 'complex' && { caseExact: attribute.caseExact ?? false }),
  mutability: attribute.mutability ?? 'readWrite',
  returned: 'default',
  uniqueness: attribute.uniqueness ?? 'none',
  ...(attribute.canonicalValues && { canonicalValues: attribute.canonicalValues }),
  ...(attribute.referenceTypes && { referenceTypes: attribute.referenceTypes }),
  ...(attribute.subAttributes && { subAttributes: attribute.subAttributes.map(described) }),
});

const readOnly = (
  name: string,
  type: Attribute['type'],
  subAttributes?: readonly Attribute[],
  multiValued?: true,
): Attribute => ({
  name,
  type,
  description: '',
  mutability: 'readOnly',
  ...(subAttributes && { subAttributes }),
  ...(multiValued && { multiValued }),
});
const supported = readOnly('supported', 'boolean');

/** The schemas of the server's answers other than users (RFC 7643, section 7). */
const schemas: readonly {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}[] = [
  { id: userUrn, name: 'User', attributes: userAttributes },
  { id: enterpriseUrn, name: 'EnterpriseUser', attributes: enterpriseAttributes },
  {
    id: urn('ServiceProviderConfig'),
    name: 'ServiceProviderConfig',
    attributes: [
      readOnly('documentationUri', 'string'),
      ...['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'].map((name) =>
        readOnly(name, 'complex', [supported]),
      ),
      readOnly(
        'authenticationSchemes',
        'complex',
        [readOnly('type', 'string'), readOnly('name', 'string'), readOnly('description', 'string')],
        true,
      ),
    ],
  },
  {
    id: urn('ResourceType'),
    name: 'ResourceType',
    attributes: [
      readOnly('id', 'string'),
      readOnly('name', 'string'),
      readOnly('endpoint', 'string'),
      readOnly('schema', 'string'),
      readOnly(
        'schemaExtensions',
        'complex',
        [readOnly('schema', 'string'), readOnly('required', 'boolean')],
        true,
      ),
    ],
  },
  {
    id: urn('Schema'),
    name: 'Schema',
    attributes: [
      readOnly('id', 'string'),
      readOnly('name', 'string'),
      readOnly('description', 'string'),
      readOnly('attributes', 'complex', [readOnly('name', 'string'), readOnly('type', 'string')], true),
    ],
  },
];

type Listed = { readonly id: string } & Readonly<Record<string, unknown>>;

export const schemasOf = (base: string): Listed[] =>
  schemas.map(({ id, name, attributes }) => ({
    schemas: [urn('Schema')],
    id,
    name,
    description: name,
    attributes: attributes.map(described),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  }));

export const resourceTypesOf = (base: string): Listed[] => [
  {
    schemas: [urn('ResourceType')],
    id: 'User',
    name: 'User',
    description: 'Accounts of the built-in directory',
    endpoint: '/Users',
    schema: userUrn,
    schemaExtensions: [{ schema: enterpriseUrn, required: false }],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
  },
];

export const serviceProviderConfigOf = (base: string): object => ({
  schemas: [urn('ServiceProviderConfig')],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token of the source, created in Reset Desk under Settings, Directories',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

/** A page of resources. `startIndex` counts from 1. */
export const listResponse = (
  resources: readonly unknown[],
  total: number = resources.length,
  startIndex = 1,
) => ({
  schemas: [listUrn],
  totalResults: total,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});
