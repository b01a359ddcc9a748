import { describe, expect, it } from 'vitest';
import { writtenStudy } from '../../testing/studies.js';
import { parseStudy } from '../parse-study.js';
import { assignRoles } from './people-roles.js';
import type { Study } from '../study.js';

const everybody = ['ann', 'bob', 'cleo', 'lea', 'leo', 'tess'];

function study(clients: unknown = 'rest', more: object = {}): Study {
  return parseStudy({ ...writtenStudy, people: { ...writtenStudy.people, clients, ...more } });
}

describe('the roles of a simulation', () => {
  it('make everybody else a client of one person', () => {
    const { test, labelled, clients } = assignRoles(study(), everybody);
    expect({ test, labelled }).toEqual({ test: ['tess'], labelled: ['lea', 'leo'] });
    expect([...clients]).toEqual([
      ['ann', ['ann']],
      ['bob', ['bob']],
      ['cleo', ['cleo']],
    ]);
  });

  it('leave people out whom a list of clients does not name', () => {
    expect([...assignRoles(study(['bob']), everybody).clients]).toEqual([['bob', ['bob']]]);
  });

  it('let sites hold several people', () => {
    const { clients } = assignRoles(study({ north: ['ann', 'bob'], south: ['cleo'] }), everybody);
    expect([...clients]).toEqual([
      ['north', ['ann', 'bob']],
      ['south', ['cleo']],
    ]);
  });

  it('let labelled people be clients too, where the coordinator has a few of their windows', () => {
    const { labelled, clients } = assignRoles(study('everyone', { labelledWindows: { perClass: 2 } }), everybody);
    expect(labelled).toEqual(['lea', 'leo']);
    expect([...clients.keys()]).toEqual(['ann', 'bob', 'cleo', 'lea', 'leo']);
  });

  it('name every person who is not in the folder, with the nearest who is', () => {
    expect(() => assignRoles(study({ north: ['ann', 'bop'] }), ['ann', 'bob', 'lea', 'leo'])).toThrow(
      [
        'study: people.test[0]: expected a person of the data folder (ann, bob, lea, leo), found "tess"',
        'study: people.clients.north[1]: expected a person of the data folder (ann, bob, lea, leo), found "bop"; did you mean "bob"?',
      ].join('\n'),
    );
  });

  it('need as many clients as the rounds wait for', () => {
    const waiting = parseStudy({
      ...writtenStudy,
      people: { ...writtenStudy.people, clients: 'rest' },
      stages: [
        { name: 'all', where: 'clients', objective: 'supervised', rounds: 1, epochs: 1, cohort: { minimum: 4 } },
      ],
    });
    expect(() => assignRoles(waiting, everybody)).toThrow(
      'study: stages[0].cohort.minimum: expected at most 3, the number of clients, found 4',
    );
    expect(assignRoles(waiting, [...everybody, 'zoe']).clients.size).toBe(4);
  });

  it('need somebody who is left', () => {
    expect(() => assignRoles(study(), ['lea', 'leo', 'tess'])).toThrow(
      'people.clients: expected people beside the 1 test and 2 labelled ones, found none',
    );
  });
});
