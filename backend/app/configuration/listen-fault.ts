import { WrongConfiguration } from './start-fault.ts';

const texts: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_host, port) =>
    `RESET_DESK_PORT: another program listens on port ${port}. Stop it, or choose another port.`,
  EACCES: (_host, port) =>
    `RESET_DESK_PORT: the backend's user may not listen on port ${port}. Choose a port from 1024 on, and put a proxy in front of it.`,
  EADDRNOTAVAIL: (host) =>
    `RESET_DESK_HOST: this computer does not have the address ${host}. Set one of its own addresses.`,
  ENOTFOUND: (host) =>
    `RESET_DESK_HOST: the name ${host} has no address. Set one of this computer's own addresses.`,
};

/** Explains why the server cannot listen, and keeps the system's code. */
export function listenFault(thrown: unknown, host: string, port: number): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const text = texts[code];
  if (text === undefined) return thrown;
  // The other port may be free, and the address there, a moment later.
  const Fault = code === 'EACCES' ? WrongConfiguration : Error;
  return Object.assign(new Fault(text(host, port), { cause: thrown }), { code });
}
