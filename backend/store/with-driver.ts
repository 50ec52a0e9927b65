import type { Dialect, Driver } from 'kysely';

/** A dialect with another driver, made of its own. */
export const withDriver = (dialect: Dialect, change: (driver: Driver) => Driver): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => change(dialect.createDriver()),
});

/** An object with some other members, whose own methods keep it as `this`. */
export const overriding = <T extends object>(target: T, members: Partial<T>): T =>
  new Proxy(target, {
    get(own, name) {
      const isOther = Object.hasOwn(members, name);
      const member: unknown = Reflect.get(isOther ? members : own, name);
      // oxlint-disable-next-line typescript/no-unsafe-return -- the own methods need their object as `this`, which has private fields
      return typeof member === 'function' && !isOther ? member.bind(own) : member;
    },
  });
