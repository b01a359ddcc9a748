import { describe, expect, it } from 'vitest';
import { stageIssuesOf, student, teacher } from '../../testing/studies.js';

const sgd = { optimizer: { kind: 'sgd', learningRate: 0.05 } };
const own = { ...student, personal: ['activity'] };

describe('a stage with control variates', () => {
  it('trains with plain SGD', () => {
    expect(stageIssuesOf(teacher, { ...student, ...sgd, strategy: 'scaffold' })).toEqual([]);
    expect(stageIssuesOf(teacher, { ...student, strategy: 'scaffold' })).toEqual([
      'stages[1].optimizer.kind: expected "sgd", whose steps scaffold can correct, found "adam"',
    ]);
  });

  it('has neither personal parts nor compression', () => {
    const stage = { ...student, ...sgd, strategy: 'scaffold', personal: ['activity'], compress: 'int8' };
    const nothing = 'expected nothing, because the control variates of scaffold travel whole, found';
    expect(stageIssuesOf(teacher, stage)).toEqual([
      `stages[1].personal: ${nothing} a list of 1`,
      `stages[1].compress: ${nothing} "int8"`,
    ]);
  });
});

describe('a stage with personal parts', () => {
  it('names parts that it has, each once', () => {
    expect(stageIssuesOf(teacher, own)).toEqual([]);
    expect(stageIssuesOf(teacher, { ...own, personal: ['activty'] })).toEqual([
      expect.stringMatching(
        /^stages\[1\]\.personal\[0\]: expected one of .* found "activty"; did you mean "activity"\?$/,
      ),
    ]);
    expect(stageIssuesOf(teacher, { ...own, personal: ['activity', 'activity'] })).toEqual([
      'stages[1].personal[1]: expected a name that is not used yet, found "activity", which is also at ' +
        'stages[1].personal[0]',
    ]);
  });

  it('names parts that learn, and not all of them', () => {
    expect(stageIssuesOf(teacher, { ...own, personal: ['conv1', 'activity'], trainable: 'heads' })).toEqual([
      'stages[1].personal[0]: expected a part that learns, found "conv1", which is frozen',
    ]);
    expect(stageIssuesOf(teacher, { ...own, trainable: ['activity'] })).toEqual([
      'stages[1].personal: expected some of the parts that learn, found all: there is nothing to share',
    ]);
  });

  it('says how long they learn first in one way, and only where there are any', () => {
    expect(stageIssuesOf(teacher, { ...own, personalEpochs: 3 })).toEqual([]);
    expect(stageIssuesOf(teacher, { ...own, personalEpochs: 3, personalSteps: 2 })).toEqual([
      'stages[1]: expected either personalEpochs or personalSteps, found both',
    ]);
    expect(stageIssuesOf(teacher, { ...student, personalSteps: 2 })).toEqual([
      'stages[1].personalSteps: expected nothing, because no part is personal, found 2',
    ]);
  });

  it('is labelled by no model that lacks them, its own or a later stage’s', () => {
    const because = 'because the global model does not have what is personal';
    expect(stageIssuesOf(teacher, { ...own, from: 'teacher', teacher: 'newest', after: { steps: 1 } })).toEqual([
      `stages[1].teacher: expected an earlier stage, ${because}, found the stage's own model`,
      `stages[1].after: expected nothing, ${because}, found an object`,
    ]);
    const shares =
      'expected a stage whose clients share all that recognises activities, because its model labels windows, found "student"';
    const later = { ...student, name: 'later' };
    expect(stageIssuesOf(teacher, own, { ...later, teacher: 'student' })).toEqual([`stages[2].teacher: ${shares}`]);
    expect(stageIssuesOf(teacher, own, { ...later, from: 'student', teacher: 'newest' })).toEqual([
      `stages[2].from: ${shares}`,
    ]);
  });

  it('may teach where activities do without them, and be started from in any case', () => {
    const aside = {
      ...student,
      personal: ['transformations'],
      from: 'teacher',
      teacher: 'newest',
      after: { steps: 1 },
    };
    const later = { ...student, name: 'later', from: 'student', teacher: 'student' };
    expect(stageIssuesOf(teacher, aside, later)).toEqual([]);
    expect(stageIssuesOf(teacher, own, { ...later, teacher: 'teacher' })).toEqual([]);
  });
});
