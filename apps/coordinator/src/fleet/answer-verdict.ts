/** What the coordinator makes of an answer from a client. */

/** Why an answer changes nothing: the coordinator no longer waits for it, has it already, or never asked for it. */
export type IgnoredReason = 'late' | 'repeated' | 'uninvited';

/** `mismatched`: the answer is for another kind of task, so the task has failed. */
export type AnswerVerdict = 'accepted' | 'failed' | 'mismatched' | IgnoredReason;

/** Whether the answer changes nothing. */
export function isIgnored(verdict: AnswerVerdict): verdict is IgnoredReason {
  return verdict === 'late' || verdict === 'repeated' || verdict === 'uninvited';
}
