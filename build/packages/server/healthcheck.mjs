// Ends with 0 if the backend in the same container answers. Its certificate names the address for users and not this one, so it is not checked.
import { get as getPlain } from 'node:http';
import { get as getByTls } from 'node:https';

const { RESET_DESK_PORT: port = '8443', RESET_DESK_TLS_CERT: certificate = '' } = process.env;
const get = certificate === '' ? getPlain : getByTls;
get({ host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false, timeout: 4000 }, (response) => {
  process.exit(response.statusCode === 200 ? 0 : 1);
})
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
