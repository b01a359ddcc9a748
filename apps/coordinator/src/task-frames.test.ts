import type { TrainTask } from '@gaitway/core';
import { decodeFromCoordinator } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { taskPacker } from './task-frames.js';

const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const task: TrainTask = {
  kind: 'train',
  stage: 'student',
  round: 1,
  parameters: Float32Array.of(1, 2),
  teacher: { digest, parameters: Float32Array.of(3) },
};

describe('packed tasks', () => {
  it('are packed once, however many clients get them', () => {
    const framesOf = taskPacker();
    expect(framesOf(task).complete()).toBe(framesOf(task).complete());
    expect(framesOf(task).withoutTeacher()).toBe(framesOf(task).withoutTeacher());
  });

  it('have a number of their own', () => {
    const framesOf = taskPacker();
    expect([framesOf(task).id, framesOf({ ...task }).id, framesOf(task).id]).toEqual([1, 2, 1]);
  });

  it('leave the teacher out on demand, but not its digest', () => {
    const frames = taskPacker()(task);
    expect(decodeFromCoordinator(frames.complete().bytes)).toEqual({ kind: 'task', id: 1, task });
    expect(decodeFromCoordinator(frames.withoutTeacher().bytes)).toEqual({
      kind: 'task',
      id: 1,
      task: { ...task, teacher: { digest } },
    });
  });
});
