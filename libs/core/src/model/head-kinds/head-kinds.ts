/** The kinds of heads by their names. */

import * as allHeadKinds from './all-head-kinds.js';
import type { HeadKindTraits, TargetForm } from './head-kind-traits.js';

type AnyHeadKind = (typeof allHeadKinds)[keyof typeof allHeadKinds];

/** What a head answers, and what it learns by: the name of one of `all-head-kinds.ts`. */
export type HeadKind = AnyHeadKind['kind'];

/** The kinds that have such traits. */
export type HeadKindWith<Traits extends Partial<HeadKindTraits<HeadKind, TargetForm, boolean>>> = Extract<
  AnyHeadKind,
  Traits
>['kind'];

export const headKinds: Readonly<Record<HeadKind, HeadKindTraits<HeadKind, TargetForm, boolean>>> = Object.fromEntries(
  Object.values(allHeadKinds).map((traits) => [traits.kind, traits]),
) as Record<HeadKind, AnyHeadKind>;

/** What a head's `kind` can be. */
export const headKindNames: readonly HeadKind[] = Object.values(headKinds).map(({ kind }) => kind);
