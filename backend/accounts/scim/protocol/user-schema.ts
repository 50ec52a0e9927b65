export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A description of an attribute (RFC 7643, section 7). */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'reference' | 'dateTime' | 'complex';
  readonly multiValued?: true;
  readonly description: string;
  readonly required?: true;
  readonly caseExact?: true;
  readonly mutability?: 'readOnly';
  readonly uniqueness?: 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
});

const several = (name: string, description: string, kinds: readonly string[]): Attribute => ({
  name,
  type: 'complex',
  multiValued: true,
  description,
  subAttributes: [
    text('value', 'The value.'),
    text('type', 'Its purpose.', { canonicalValues: kinds }),
    {
      name: 'primary',
      type: 'boolean',
      description: 'Whether it is the preferred value. At most one value is preferred.',
    },
  ],
});

/** The user attributes that accounts have. Other attributes of a request are ignored. */
export const userAttributes: readonly Attribute[] = [
  text('userName', 'The name with which the user signs in.', { required: true, uniqueness: 'server' }),
  {
    name: 'name',
    type: 'complex',
    description: 'The parts of the name, used if there is no displayName.',
    subAttributes: [
      text('formatted', 'The full name.'),
      text('familyName', 'The family name.'),
      text('givenName', 'The given name.'),
    ],
  },
  text('displayName', 'The displayed name.'),
  { name: 'active', type: 'boolean', description: 'Whether the account can be used.' },
  several('emails', 'Email addresses. The primary one is used, otherwise one of the type work.', [
    'work',
    'home',
    'other',
  ]),
  several('phoneNumbers', 'Phone numbers. The primary one is used, otherwise a mobile one.', [
    'work',
    'home',
    'mobile',
    'other',
  ]),
];

export const enterpriseAttributes: readonly Attribute[] = [
  text('employeeNumber', 'The employee number.'),
  text('department', 'The department.'),
  {
    name: 'manager',
    type: 'complex',
    description: 'The manager.',
    subAttributes: [
      text('value', "The manager's id."),
      {
        name: '$ref',
        type: 'reference',
        description: "The manager's address.",
        referenceTypes: ['User'],
      },
      text('displayName', "The manager's name, used to find the manager if the id is unknown."),
    ],
  },
];

/** Attributes that every resource has in addition to those of its schema. */
export const commonAttributes: readonly Attribute[] = [
  text('id', 'The id of the account.', { caseExact: true, mutability: 'readOnly' }),
  text('externalId', 'The id that the client uses.', { caseExact: true }),
  {
    name: 'meta',
    type: 'complex',
    description: 'About the resource.',
    mutability: 'readOnly',
    subAttributes: [
      text('resourceType', 'User.', { caseExact: true }),
      { name: 'created', type: 'dateTime', description: 'The time of creation.' },
      { name: 'lastModified', type: 'dateTime', description: 'The time of the last change.' },
      text('location', 'Its address.', { caseExact: true }),
      text('version', 'Its version.', { caseExact: true }),
    ],
  },
  {
    name: 'schemas',
    type: 'string',
    multiValued: true,
    caseExact: true,
    mutability: 'readOnly',
    description: '',
  },
];

/** Finds an attribute by its name; upper and lower case are equal. */
export const attributeNamed = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase());
