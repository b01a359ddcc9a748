/** The choice of a recipe on the labelled people, before a study starts. */

export { type CandidateFigures, type Choice, type FoldFigures, resolvedStudy } from './choice.js';
export type { Orientation } from './orientation.js';
export { type ChooseOptions, chooseRecipe, type FoldReport, type ResolvedStudy } from './choose-recipe.js';
