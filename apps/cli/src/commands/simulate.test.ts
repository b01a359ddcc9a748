import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeStudyFile, writeTinyStudy } from '../testing/tiny-study.js';

/** The lines of a file in which each line is a JSON document. */
async function jsonLines(path: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function filesOf(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

describe('gaitway simulate', () => {
  it('leaves a complete run, and tells how it went', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const run = join(folder, 'run');
    const { code, stdout } = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm');
    expect(code).toBe(0);
    expect(stdout).toContain('Study "tiny": 3 clients, backend wasm');
    expect(stdout).toMatch(/^student 2\/2: 4 answered, weighted F1 \d\.\d{3}$/m);
    expect(stdout).toContain(`Report: ${join(run, 'report.html')}`);
    expect(await filesOf(run)).toEqual([
      'events.log',
      'models',
      'report.html',
      'result.json',
      'rounds.jsonl',
      'study.json',
    ]);
    expect(await filesOf(join(run, 'models'))).toEqual([
      'fine-tune.safetensors',
      'student.safetensors',
      'teacher.safetensors',
    ]);
    const rounds = await jsonLines(join(run, 'rounds.jsonl'));
    expect(rounds.map(({ stage, round }) => [stage, round])).toEqual([
      ['teacher', 1],
      ['student', 1],
      ['student', 2],
      ['fine-tune', 1],
    ]);
    expect(await readFile(join(run, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
  }, 60_000);

  it('keeps what was learned when somebody interrupts it', async () => {
    const { folder, study, data } = await writeTinyStudy({ steps: 1_000_000 });
    const run = join(folder, 'run');
    const simulation = startGaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm', '--json');
    await simulation.says(/^teacher: /m);
    simulation.interrupt();
    expect(await simulation.ended).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining('Interrupted.'),
    });
    expect(await filesOf(run)).toEqual(['events.log', 'models', 'rounds.jsonl', 'study.json']);
    expect(await filesOf(join(run, 'models'))).toEqual(['teacher.safetensors']);
    expect((await jsonLines(join(run, 'rounds.jsonl'))).map(({ stage }) => stage)).toEqual(['teacher']);
    expect((await jsonLines(join(run, 'events.log'))).at(-1)).toMatchObject({
      event: 'run-stopped',
      reason: 'interrupted',
    });
  }, 60_000);

  it('ends with 3 when the study cannot go on, and says why', async () => {
    const { folder, study, data } = await writeTinyStudy({ selection: { minimumConfidence: 1 } });
    const run = join(folder, 'run');
    const { code, stderr } = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^The study stopped: No round of stage "student" was completed: all 4 asked abstained \(.*person-03 abstained: the teacher was sure of none of its 36 windows/,
    );
    expect((await jsonLines(join(run, 'events.log'))).at(-1)).toMatchObject({ event: 'run-stopped' });
  }, 60_000);

  it('ends with 2 for an unknown key, with the file, the path and what was probably meant', async () => {
    const study = await writeStudyFile(await temporaryFolder(), { selection: { minimumConfidnce: 0 } });
    expect(await gaitway('simulate', study, '--data', 'data')).toEqual({
      code: 2,
      stdout: '',
      stderr: `${study}: stages[1].selection.minimumConfidnce: unknown key, expected one of "kind", "minimumConfidence", "pluralityOnly", "maximumPerClass"; did you mean "minimumConfidence"?\n`,
    });
  });

  it('ends with 2 for a data folder without recordings', async () => {
    const study = await writeStudyFile(await temporaryFolder());
    const empty = await temporaryFolder();
    const { code, stderr } = await gaitway('simulate', study, '--data', empty);
    expect(code).toBe(2);
    expect(stderr).toMatch(/: expected files of a known layout \(.*\), found an empty folder\n$/);
    expect(stderr.startsWith(empty)).toBe(true);
  });
});
