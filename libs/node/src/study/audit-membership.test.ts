import { parseStudy, type SensorRecording } from '@gaitway/core';
import { slideLabelledWindows } from '@gaitway/core/data';
import { axesNormalisation } from '@gaitway/core/inputs';
import { layoutOf, type TrainedModel } from '@gaitway/core/model';
import { networkOf } from '@gaitway/core/study';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../backend/load-backend.js';
import { auditMembership, type AuditedPeople, withLabels } from './audit-membership.js';

const study = parseStudy({
  name: 'audited',
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x'], rateHz: 1, window: 4, step: 4 },
  model: { convolutions: [{ filters: 1, kernel: 1 }], headUnits: { activity: 1 } },
  people: { test: ['t'], labelled: ['l'] },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 },
    { name: 'student', where: 'clients', objective: 'self-training', from: 'teacher', teacher: 'teacher', rounds: 1, epochs: 1 }, // prettier-ignore
  ],
});

/** Three windows in which somebody sits, at one value. */
function sitting(subject: string, value: number): SensorRecording {
  return {
    subject,
    source: subject,
    sampleRateHz: 1,
    channels: ['x'],
    samples: new Float32Array(12).fill(value),
    labels: { names: ['sitting'], ofSample: new Uint8Array(12) },
    inputs: { normalisation: axesNormalisation, derived: [] },
  };
}

const windowsOf = (...recordings: readonly SensorRecording[]): AuditedPeople['test'] =>
  withLabels(slideLabelledWindows(recordings, { length: 4, step: 4 }, study.activities));

/** Knows that a positive value is sitting, the surer the larger `sureness`; of others it knows nothing. */
function model(stage: string, sureness: number): TrainedModel {
  const network = networkOf(study, stage);
  const layout = layoutOf(network);
  const parameters = new Float32Array(layout.size);
  for (const { name, offset, size } of layout.slots) {
    const isOutput = size === 2 && name.includes('kernel');
    parameters.set(isOutput ? [sureness, -sureness] : [name.includes('kernel') ? 1 : 0], offset);
  }
  return { network, parameters };
}

const people: AuditedPeople = {
  labelled: windowsOf(sitting('l', 1)),
  clients: windowsOf(sitting('a', 1), sitting('b', 2)),
  test: windowsOf(sitting('t', -1), sitting('u', -2)),
};

beforeAll(async () => {
  await loadBackend('cpu');
});

describe('membership inference against the models of a run', () => {
  it('attacks each stage, with the teacher as the control and the reference for the people of the clients', async () => {
    const models = new Map([
      ['teacher', model('teacher', 0)],
      ['student', model('student', 1)],
    ]);
    const audits = await auditMembership({ study, models, people }, new AbortController().signal);
    expect(
      audits.map(({ stage, group, learned, attack, reference, figures }) => [stage, group, learned, attack, reference, figures.people.auc]), // prettier-ignore
    ).toEqual([
      ['teacher', 'labelled', 'yes', 'loss', undefined, 0.5],
      ['student', 'labelled', 'yes', 'loss', undefined, 1],
      ['teacher', 'clients', 'no', 'loss', undefined, 0.5],
      ['student', 'clients', 'yes', 'loss', undefined, 1],
      ['student', 'clients', 'yes', 'ratio', 'teacher', 1],
    ]);
    expect(audits[3]!.figures).toMatchObject({ people: { members: 2, others: 2, found: 2 }, windows: { members: 6, others: 6 } }); // prettier-ignore
  });

  it('counts what every model knows for nothing in the attack by ratio', async () => {
    const models = new Map([
      ['teacher', model('teacher', 1)],
      ['student', model('student', 1)],
    ]);
    const audits = await auditMembership({ study, models, people }, new AbortController().signal);
    const [loss, ratio] = audits.filter(({ stage, group }) => stage === 'student' && group === 'clients');
    expect(loss!.figures.windows.auc).toBe(1);
    expect(ratio!.figures.windows.auc).toBe(0.5);
    expect(ratio!.figures.people.found).toBe(0);
  });

  it('says nothing about a group without labelled windows, and without test people', async () => {
    const models = new Map([['teacher', model('teacher', 1)]]);
    const signal = new AbortController().signal;
    const unlabelled = withLabels({ ...people.test[0]!, labels: undefined as never });
    expect(unlabelled).toEqual([]);
    const groups = await auditMembership({ study, models, people: { ...people, clients: unlabelled } }, signal);
    expect(groups.map(({ group }) => group)).toEqual(['labelled']);
    expect(await auditMembership({ study, models, people: { ...people, test: [] } }, signal)).toEqual([]);
  });
});
