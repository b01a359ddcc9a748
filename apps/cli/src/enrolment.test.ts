import { encodeQR } from 'qr';
import decodeQR from 'qr/decode.js';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, type Ended, type GaitwayProcess } from './testing/gaitway-process.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { writeTinyStudy } from './testing/tiny-study.js';

/** A coordinator that lets only enrolled clients in, and its operator. */
interface Enrolling {
  readonly url: string;
  readonly coordinator: GaitwayProcess;
  /** Runs `gaitway enrol`; the code that it prints. */
  code(client: string): Promise<string>;
  revoke(client: string): Promise<Ended>;
  /** Starts a client with a folder for its state, and more options. */
  client(person: string, state: string, ...options: readonly string[]): GaitwayProcess;
  /** Kills the coordinator and starts it again. */
  startAgain(): Promise<GaitwayProcess>;
}

async function openEnrolling(student?: object): Promise<Enrolling> {
  const { folder, study, data } = await writeTinyStudy(student);
  const keys = join(folder, 'keys');
  const where = ['--data', data, '--backend', 'wasm'];
  const serve = ['coordinator', study, ...where, '--run', join(folder, 'run'), '--keys', keys, '--enrolled'];
  const coordinator = startGaitway(...serve, '--port', '0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  return {
    url,
    coordinator,
    code: async (client) => {
      const { stdout } = await gaitway('enrol', client, '--keys', keys, '--url', url, '--json');
      return (JSON.parse(stdout) as { readonly code: string }).code;
    },
    revoke: (client) => gaitway('revoke', client, '--keys', keys),
    client: (person, state, ...options) =>
      startGaitway('client', url, ...where, '--people', person, '--state', join(folder, state), ...options),
    startAgain: async () => {
      coordinator.kill();
      await coordinator.ended;
      const again = startGaitway(...serve, '--port', new URL(url).port);
      await again.says(/is open at/);
      return again;
    },
  };
}

describe('a study of enrolled clients', () => {
  it('goes from codes to its end, over a crash of the coordinator', async () => {
    const place = await openEnrolling({ rounds: 1, cohort: { minimum: 2, quorum: 2 } });
    const stranger = place.client('person-05', 'mal');
    expect(await stranger.ended).toMatchObject({
      code: 1,
      stderr: '"person-05" is not enrolled: ask the operator for a code, for --code\n',
    });
    const [annsCode, bensCode] = [await place.code('person-03'), await place.code('person-04')];
    const ann = place.client('person-03', 'ann', '--code', annsCode);
    await place.coordinator.says(/^\+ person-03 joined/m);
    const again = await place.startAgain();
    await again.says(/^\+ person-03 joined/m);
    const stolen = place.client('person-03', 'mal-2', '--code', annsCode);
    expect(await stolen.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('expected an enrolment code'),
    });
    const ben = place.client('person-04', 'ben', '--code', bensCode);
    const endings = await Promise.all([again, ann, ben].map(({ ended }) => ended));
    expect(endings.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('loses a client that is revoked, which hears why', async () => {
    const place = await openEnrolling();
    const ann = place.client('person-03', 'ann', '--code', await place.code('person-03'));
    await place.coordinator.says(/^\+ person-03 joined/m);
    expect(await place.revoke('person-03')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^"person-03" has lost its key ([0-9a-f]{4}-){7}[0-9a-f]{4}\./),
    });
    expect(await ann.ended).toMatchObject({
      code: 1,
      stderr: 'the key of "person-03" is revoked: ask the operator\n',
    });
    expect(await place.revoke('person-04')).toMatchObject({ code: 2, stderr: expect.stringContaining('found none') });
  });
});

it('a client that was enrolled at one coordinator tells another one nothing', async () => {
  const [own, other] = [await openEnrolling(), await openEnrolling()];
  const code = await own.code('person-03');
  const ann = other.client('person-03', 'ann', '--code', code, '--quiet');
  await ann.says(/coordinator did not answer, but somebody else: expected the coordinator with the key \S+, found one/);
  const right = own.client('person-03', 'ann', '--code', code);
  await own.coordinator.says(/^\+ person-03 joined/m);
  right.interrupt();
});

describe('gaitway enrol', () => {
  it('prints a code, a link, the command of the client, and a QR code of the link', async () => {
    const keys = await temporaryFolder();
    const printed = await gaitway(
      'enrol',
      'ward 3',
      '--keys',
      keys,
      '--url',
      'https://ward.example.org/walks/',
      '--days',
      '2',
    );
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const [code = ''] = /ward%203:[0-9a-f-]{24}:[0-9a-f-]{39}/.exec(printed.stdout) ?? [];
    const link = `https://ward.example.org/walks#${code}`;
    expect(printed.stdout).toContain(`\n  ${link}\n`);
    expect(printed.stdout).toContain(
      `\n  gaitway client https://ward.example.org/walks --data DIR --state DIR --code ${code}\n`,
    );
    const drawn = printed.stdout.slice(0, printed.stdout.indexOf('\nCode of'));
    expect(readDrawn(drawn)).toBe(link);
    expect(drawn).toBe(encodeQR(link, 'ascii').trimEnd());
  });

  it.each([
    [['coordinator', '--keys', 'k'], 'enrol: name: expected the name of a client, on one line and other than'],
    [['an\u202en', '--keys', 'k'], 'enrol: name: expected the name of a client'],
    [['ann ', '--keys', 'k'], 'found "ann "'],
    [['a\nb', '--keys', 'k'], 'found "a\\nb"'],
    [['ann', '--keys', 'k', '--url', 'ward.example.org'], '--url: expected an address such as http://127.0.0.1:7070'],
  ])('refuses %j', async (args, reason) => {
    expect(await gaitway('enrol', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });
});

describe('the code of a client', () => {
  const code = `ward-3:0000-0000-0000-0000-0000:${'0123-'.repeat(7)}4567`;

  it.each([
    [['--code', code], '--state: expected a folder for the key that the code enrols, found none'],
    [
      ['--code', code, '--state', 's', '--name', 'ben'],
      'expected the code of "ben", the name of this client, found that of "ward-3"',
    ],
    [['--code', 'ward-3', '--state', 's'], 'expected the code that "gaitway enrol" printed'],
  ])('is refused with %j', async (options, reason) => {
    const ended = await gaitway('client', 'http://127.0.0.1:1', '--data', '.', ...options);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });

  it('may come in the link', async () => {
    const ended = await gaitway('client', `http://127.0.0.1:1#${code}`, '--data', '.');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('--state: expected a folder') });
  });
});

/** The text of a QR code that is drawn in half blocks, light on dark; eight points for each square. */
function readDrawn(drawn: string): string {
  const SCALE = 8;
  const lines = drawn.split('\n');
  const halves = { '█': [1, 1], '▀': [1, 0], '▄': [0, 1], ' ': [0, 0] } as Readonly<
    Record<string, readonly [number, number]>
  >;
  const rows = lines.flatMap((line) => [0, 1].map((half) => Array.from(line, (sign) => halves[sign]?.[half] ?? 0)));
  const [width, height] = [(lines[0]?.length ?? 0) * SCALE, rows.length * SCALE];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = rows[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] ?? 0;
      data.fill(255 * light, 3 * (y * width + x), 3 * (y * width + x) + 3);
    }
  }
  return decodeQR({ width, height, data });
}
