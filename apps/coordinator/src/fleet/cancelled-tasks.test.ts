import { parseStudy, runStudy, type RoundReport, type Study, type TrainTask } from '@gaitway/core';
import type { Timer } from '@gaitway/core/internal';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { handTimer } from '@gaitway/core/testing/hand-timer';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { joinBare, type BareClient } from '../testing/bare-client.js';
import { openService, type ServiceUnderTest } from '../testing/open-service.js';

function studyOf(cohort: object): Study {
  const student = { name: 'student', where: 'clients', objective: 'supervised', rounds: 2, steps: 1, cohort };
  const people = { test: ['t'], labelled: ['l'] };
  return parseStudy({ ...minimalStudy, ...tiny, people, stages: [student] });
}

interface Served {
  readonly service: ServiceUnderTest;
  readonly ann: BareClient;
  readonly ben: BareClient;
  readonly reports: Promise<readonly RoundReport[]>;
}

async function serve(study: Study, timer: Timer): Promise<Served> {
  const service = await openService(study);
  const collect = async (): Promise<readonly RoundReport[]> => {
    const reports: RoundReport[] = [];
    const coordinator = handMade(changeBy(1, 1));
    const { signal } = new AbortController();
    for await (const report of runStudy(study, { fleet: service.fleet, coordinator, timer, signal })) {
      reports.push(report);
    }
    return reports;
  };
  const reports = collect();
  const ann = await joinBare(service.url, study, 'ann');
  const ben = await joinBare(service.url, study, 'ben');
  return { service, ann, ben, reports };
}

function answer(client: BareClient, { id, task }: { readonly id: number; readonly task: unknown }): void {
  client.say({ kind: 'answer', id, reply: changeBy(1, 1)(task as TrainTask) });
}

const outcomesOf = (reports: readonly RoundReport[]): readonly (readonly string[])[] =>
  reports.map(({ phase, clients }) => [phase, ...clients.map(({ client, outcome }) => `${client} ${outcome}`)]);

describe('clients for which a round does not wait', () => {
  it('are told to stop at the deadline, and asked again in the next round', async () => {
    const timer = handTimer();
    const { service, ann, ben, reports } = await serve(studyOf({ minimum: 2, quorum: 2, deadline: 60 }), timer);
    const [, slow] = [await ann.hearTask(), await ben.hearTask()];
    timer.fire();
    expect(await ben.hear('cancel')).toEqual({ kind: 'cancel', id: slow.id });
    await ann.hear('cancel');
    const [toAnn, toBen] = [await ann.hearTask(), await ben.hearTask()];
    answer(ben, slow);
    answer(ben, toBen);
    answer(ann, toAnn);
    expect(outcomesOf(await reports)).toEqual([
      ['aborted', 'ann late', 'ben late'],
      ['completed', 'ann answered', 'ben answered'],
    ]);
    expect(await service.event('ignored')).toMatchObject({ client: 'ben', id: slow.id, reason: 'late' });
  });

  it('are told to stop when enough others have answered', async () => {
    const { ann, ben, reports } = await serve(studyOf({ target: 1, overSelect: 1, minimum: 2 }), handTimer());
    const first = await ann.hearTask();
    await ben.hearTask();
    answer(ann, first);
    await ben.hear('cancel');
    await ann.hearTask();
    answer(ben, await ben.hearTask());
    await ann.hear('cancel');
    expect(outcomesOf(await reports)).toEqual([
      ['completed', 'ann answered', 'ben surplus'],
      ['completed', 'ann surplus', 'ben answered'],
    ]);
  });
});

describe('a service that waits for clients', () => {
  it('says who is there and how many are missing, until nobody is', async () => {
    const { service, ann, ben, reports } = await serve(studyOf({ minimum: 2, quorum: 2 }), handTimer());
    for (const round of [1, 2]) {
      const asked = [await ann.hearTask(), await ben.hearTask()] as const;
      expect(asked[0].task.round).toBe(round);
      answer(ann, asked[0]);
      answer(ben, asked[1]);
    }
    await reports;
    expect(service.events).toEqual([
      { kind: 'waiting', present: [], missing: 2 },
      { kind: 'joined', client: 'ann' },
      { kind: 'waiting', present: ['ann'], missing: 1 },
      { kind: 'joined', client: 'ben' },
    ]);
  });

  it('says it again when somebody leaves', async () => {
    const study = studyOf({ minimum: 3, quorum: 2 });
    const { service, ann, reports } = await serve(study, handTimer());
    reports.catch(() => undefined);
    ann.destroy();
    await service.event('left');
    expect(service.events.filter(({ kind }) => kind === 'waiting').at(-1)).toEqual({
      kind: 'waiting',
      present: ['ben'],
      missing: 2,
    });
  });
});
