import { repositoryPath } from "@lib/core";
import { catalogueMarkdown } from "@lib/features";

/** The page of all features. */
export function cataloguePage(): { path: string; text: string } {
  return { path: repositoryPath("lib", "features", "CATALOGUE.md"), text: catalogueMarkdown() };
}
