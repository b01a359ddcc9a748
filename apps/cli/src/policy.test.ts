import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gaitway, startGaitway } from './testing/gaitway-process.js';
import { writeTinyStudy } from './testing/tiny-study.js';

it('a client explains a study, does not take part in one that its policy forbids, and has a record of what left', async () => {
  const { folder, study, data } = await writeTinyStudy();
  const policy = join(folder, 'policy.yaml');
  await writeFile(policy, '# the defaults\n');
  const where = ['--data', data, '--backend', 'cpu', '--policy', policy];
  const coordinator = startGaitway('coordinator', study, '--data', data, '--run', join(folder, 'run'), '--port', '0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);

  const explained = await gaitway('client', '--explain', url, '--policy', policy, '--json');
  expect(JSON.parse(explained.stdout)).toMatchObject({
    study: 'tiny',
    broken: ['floors.steps: expected at least 8 training steps behind each update in stage "student", found 3'],
  });

  const state = join(folder, 'state');
  const refused = await gaitway('client', url, ...where, '--people', 'person-03', '--state', state);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/^This client does not take part in/) });
  expect(refused.stderr).toContain('- floors.steps: expected at least 8 training steps');
  await coordinator.says(/person-03 does not take part: its policy does not allow the study: floors\.steps: expected/);

  const shown = await gaitway('ledger', 'show', state);
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/ proof, \d+ bytes: .*"client":"person-03"/) });
  expect(await gaitway('ledger', 'verify', state)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^3 lines, none changed\. The last checksum is [0-9a-f]{64}/),
  });
  await writeFile(join(state, 'ledger.jsonl'), shown.stdout);
  expect(await gaitway('ledger', 'verify', state)).toMatchObject({ code: 2, stdout: '' });
});
