/** All models that the course ships. */
import { createEmotionRecipe } from "./emotion.ts";
import { nerKo } from "./entities.ts";
import { createPhrasebookRecipe } from "./phrasebook.ts";
import type { Recipe } from "./recipe.ts";

export const RECIPES: readonly Recipe[] = [
  createEmotionRecipe("ko"),
  createEmotionRecipe("en"),
  nerKo,
  createPhrasebookRecipe("ko"),
  createPhrasebookRecipe("en"),
];
