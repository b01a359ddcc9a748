/** Formats events of a run's log as text. */

/** An event with all its fields. */
export type EventFields = Readonly<Record<string, unknown>> & { readonly event: string };

/** `{…}` stands for a field; text in `[…]` is left out if a field in it is absent. */
const templates: Readonly<Record<string, string>> = {
  'run-started': 'study "{study}" began[ with gaitway {command}]: backend {backend}, Gaitway {gaitway}',
  'run-resumed': 'the run is resumed after {rounds} finished rounds[, the last: {stage} {round}]',
  'run-paused': 'the run is paused',
  'run-unpaused': 'the run is no longer paused',
  'run-finished': 'the run is finished',
  'run-stopped': 'the run stopped: {reason}',
  'state-damaged': '! {reason}',
  'round-completed': '{stage} {round}/{rounds}: {outcomes} ({seconds} s)',
  'round-aborted': '{stage} {round}/{rounds} skipped: {reason} ({outcomes}, {seconds} s)',
  'stage-finished': 'stage "{stage}" is finished',
  'client-failed': '! {client} failed in {stage} {round}: {reason}',
  'memory-lost': '! {client} started over in {stage} {round}: its memory is {reason}',
  'client-joined': '+ {client} joined[ with {windows} windows]',
  'client-available': '+ {client} is available',
  'client-unavailable': '- {client} is not available: {reason}',
  'client-left': '- {client} left: {reason}',
  'client-refused': '! {client} was refused: {reason}',
  'client-asked-again': '+ {client} is asked again: {stage} round {round}',
  'clients-missing': '… waiting for more clients: {missing} missing, {present} here',
  'answer-ignored': '! {client} sent an answer that changes nothing: it is {reason}',
};

/** An event as one line. An event that this version does not know is printed field by field. */
export function runEventText({ event, ...fields }: EventFields): string {
  const template = templates[event];
  return template === undefined
    ? [event, ...Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ')
    : filled(template, { ...fields, outcomes: outcomesOf(fields) });
}

function filled(template: string, fields: Readonly<Record<string, unknown>>): string {
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (namesIn(part).every((name) => name in fields) ? part : ''))
    .replace(/\{(\w+)\}/g, (_, name: string) => wordFor(fields[name]));
}

function wordFor(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

const outcomeWords = {
  answered: 'answered',
  abstained: 'abstained',
  failed: 'failed',
  late: 'late',
  surplus: 'not needed',
} as const;

/** Text such as `16 answered, 1 late`, from the count of each outcome; outcomes without clients are left out. */
export function outcomesOf(counts: Readonly<Record<string, unknown>>): string {
  return Object.entries(outcomeWords)
    .filter(([outcome]) => Number(counts[outcome] ?? 0) > 0)
    .map(([outcome, words]) => `${String(counts[outcome])} ${words}`)
    .join(', ');
}
