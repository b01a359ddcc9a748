import { expect, it } from 'vitest';
import { fineTune, minimalStudy, student, teacher } from '../../testing/studies.js';
import { parseStudy } from '../parse-study.js';
import type { Study } from '../study.js';
import { learnedFrom } from './learned-from.js';

function learned(study: Study): Readonly<Record<string, string>> {
  return Object.fromEntries(
    study.stages.map(({ name }) => [name, `${learnedFrom(study, name, 'labelled')} ${learnedFrom(study, name, 'clients')}`]), // prettier-ignore
  );
}

const studyOf = (stages: readonly object[], changes: object = {}): Study =>
  parseStudy({ ...minimalStudy, ...changes, stages });

it('is what a stage trains on, and what its teacher and its start have learned from', () => {
  expect(learned(studyOf([teacher, student, fineTune]))).toEqual({
    teacher: 'yes no',
    student: 'yes yes', // by the teacher's labels
    'fine-tune': 'yes yes', // by the student
  });
});

const alone = { name: 'alone', where: 'clients', objective: 'transformation-discrimination', rounds: 1, epochs: 1 };

it('is the clients alone where nothing comes from the labelled people', () => {
  const newest = { ...student, name: 'own', from: 'alone', teacher: 'newest' };
  expect(learned(studyOf([alone]))).toEqual({ alone: 'no yes' });
  expect(learned(studyOf([alone, { ...alone, name: 'second', from: 'alone' }]))).toMatchObject({ second: 'no yes' });
  expect(learned(studyOf([teacher, alone, { ...newest, from: 'teacher' }]))).toMatchObject({ own: 'yes yes' });
});

it('is the labelled people too where the coordinator trains, or they are clients', () => {
  expect(learned(studyOf([{ ...alone, coordinatorTakesPart: true }]))).toEqual({ alone: 'yes yes' });
  const after = { name: 'own', where: 'clients', objective: 'supervised', rounds: 1, epochs: 1 };
  expect(learned(studyOf([{ ...after, after: { steps: 1 } }]))).toEqual({ own: 'yes yes' });
  expect(learned(studyOf([alone], { people: { ...minimalStudy.people, clients: 'everyone', labelledWindows: { perClass: 2 } } }))).toEqual({ alone: 'yes yes' }); // prettier-ignore
});

it('is not known of stored models', () => {
  const stored = { ...alone, from: { model: 'stored.safetensors' } };
  expect(learned(studyOf([stored, { ...alone, name: 'next', from: 'alone' }]))).toEqual({
    alone: 'unknown yes',
    next: 'unknown yes',
  });
});
