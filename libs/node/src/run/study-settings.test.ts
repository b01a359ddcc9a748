import { expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.js';
import { differingSettings, settingsOf } from './study-settings.js';

const study = sampleStudy({ rounds: 6 });

it('lists every setting by its path, stages by their names', () => {
  const settings = settingsOf(study);
  expect(settings.get('seed')).toBe('7');
  expect(settings.get('activities')).toBe('downstairs, upstairs, sitting, standing, walking, jogging');
  expect(settings.get('stages')).toBe('teacher, student, fine-tune');
  expect(settings.get('stages.student.rounds')).toBe('6');
  expect(settings.get('stages.fine-tune.from')).toBe('student');
  expect(settings.get('model.convolutions.1.kernel')).toBe('4');
  expect(settings.has('stages.student.name')).toBe(false);
});

it('finds the settings that are not the same in all studies', () => {
  const other = { ...sampleStudy({ rounds: 9 }), seed: 8 };
  const shorter = { ...study, stages: study.stages.slice(0, 2) };
  expect(differingSettings([study, study])).toEqual([]);
  expect(differingSettings([study, other])).toEqual([
    { path: 'seed', values: ['7', '8'] },
    { path: 'stages.student.rounds', values: ['6', '9'] },
  ]);
  const found = differingSettings([study, shorter]);
  expect(found[0]).toEqual({ path: 'stages', values: ['teacher, student, fine-tune', 'teacher, student'] });
  expect(found.slice(1).every(({ path, values }) => path.startsWith('stages.fine-tune.') && values[1] === null)).toBe(
    true,
  );
});
