import { expect, it } from 'vitest';
import type { CoordinatorEvent } from './coordinator-event.js';
import { eventText } from './event-text.js';

it.each<[CoordinatorEvent, string]>([
  [{ kind: 'joined', client: 'ward-3', windows: 36 }, '+ ward-3 joined with 36 windows'],
  [{ kind: 'joined', client: 'ward-3' }, '+ ward-3 joined'],
  [{ kind: 'left', client: 'ward-3', reason: 'it left' }, '- ward-3 left: it left'],
  [{ kind: 'refused', client: '10.0.0.7', reason: 'joined twice' }, '! 10.0.0.7 was refused: joined twice'],
])('%o is told as "%s"', (event, text) => {
  expect(eventText(event)).toBe(text);
});
