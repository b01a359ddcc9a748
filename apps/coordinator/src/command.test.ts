import { InvalidInput } from '@gaitway/core';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { coordinatorCommand } from './command.js';

/** Why `gaitway coordinator` does not begin. The study file is read after the address is checked, and there is none. */
async function refusal(...args: readonly string[]): Promise<string> {
  const parsing = coordinatorCommand(new Command('coordinator')).parseAsync(
    ['no-study.yaml', '--data', 'data', ...args],
    { from: 'user' },
  );
  const error: unknown = await parsing.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).message;
}

const noStudy = 'no-study.yaml: expected a study file, found nothing';

describe('the address of a coordinator', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])(
    'may be %s, which only this machine reaches',
    async (host) => {
      expect(await refusal('--host', host)).toBe(noStudy);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.5', 'ward.example.org', '127.example.org'])(
    'is refused when it is %s, which others may reach',
    async (host) => {
      expect(await refusal('--host', host)).toMatch(
        new RegExp(`^coordinator: --host: expected an address of this machine alone, found ${host}: .*--insecure`),
      );
    },
  );

  const tls = ['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'];

  it.each<readonly [string, readonly string[]]>([
    ['TLS at the port', tls],
    ['TLS at a proxy', ['--public-url', 'https://studies.example.org', '--trusted-proxy', '10.0.0.1']],
  ])('is refused without enrolment, with %s too', async (_, options) => {
    const found = await refusal('--host', '10.0.0.7', ...options);
    expect(found).toContain('found 10.0.0.7: others need enrolment; on a network that you trust');
    expect(await refusal('--host', '10.0.0.7')).toContain('others need TLS (--tls-cert and --tls-key,');
    expect(await refusal('--host', '10.0.0.7', '--public-url', 'https://studies.example.org')).toContain('need TLS');
  });

  it('has a certificate with its key, or neither', async () => {
    expect(await refusal(...tls)).toBe(noStudy);
    expect(await refusal('--tls-cert', 'cert.pem')).toContain('--tls-cert and --tls-key, found --tls-cert alone');
    expect(await refusal('--tls-key', 'key.pem')).toContain('--tls-cert and --tls-key, found --tls-key alone');
  });

  it('may be any for somebody who says that it is insecure', async () => {
    expect(await refusal('--host', '0.0.0.0', '--insecure')).toBe(noStudy);
  });
});

it.each(['--heartbeat', '--wait-for-return'])('%s takes no duration for which there is no timer', async (option) => {
  const command = coordinatorCommand(new Command('coordinator'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const parsing = command.parseAsync(['no-study.yaml', '--data', 'data', option, '2147484'], { from: 'user' });
  await expect(parsing).rejects.toThrow(/Expected a whole number of seconds from [01] to 1000000\./);
});
