import { expect, test } from '../fixtures/console.ts';
import { startConnectProxy } from '../../electron/services/reset-api/connect-proxy-for-test.ts';
import { Entrance } from '../screens/entrance.ts';

test('the console asks the system for its proxy and calls no other server than its own', async ({
  launchConsole,
}) => {
  const proxy = await startConnectProxy();
  const { window } = await launchConsole({}, [`--proxy-server=127.0.0.1:${proxy.port}`]);
  const entrance = new Entrance(window);
  await entrance.serverAddress.fill('https://desk.example.com');
  await entrance.connect.click();
  await expect(entrance.connectFailure).toContainText('proxy');
  expect([...new Set(proxy.asked)]).toEqual(['desk.example.com:443']);
  await proxy.stop();
});

test('a PAC file decides by the address', async ({ launchConsole }) => {
  const [one, two] = [await startConnectProxy(), await startConnectProxy()];
  const script = `function FindProxyForURL(url, host) {
    return dnsDomainIs(host, '.example.com') ? 'PROXY 127.0.0.1:${one.port}' : 'PROXY 127.0.0.1:${two.port}';
  }`;
  const pac = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`;
  const { window } = await launchConsole({}, [`--proxy-pac-url=${pac}`]);
  const entrance = new Entrance(window);
  await entrance.serverAddress.fill('https://desk.example.com');
  await entrance.connect.click();
  await expect(entrance.connectFailure).toContainText('proxy');
  expect([...new Set(one.asked)]).toEqual(['desk.example.com:443']);
  expect(two.asked).toEqual([]);
  await one.stop();
  await two.stop();
});
