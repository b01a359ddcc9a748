/** What an answer of a client is to the coordinator. */

/** Answers that change nothing: nobody waits for them any more, they came before, or nobody asked. */
export type IgnoredReason = 'late' | 'repeated' | 'uninvited';

/** `mismatched`: it answers another kind of task, and so that task of its sender has failed. */
export type AnswerVerdict = 'accepted' | 'failed' | 'mismatched' | IgnoredReason;

export function isIgnored(verdict: AnswerVerdict): verdict is IgnoredReason {
  return verdict === 'late' || verdict === 'repeated' || verdict === 'uninvited';
}
