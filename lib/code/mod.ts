/** Which of our files and which packages stand behind a name, so that a result can say what it was made by. */
export * from "./code_graph.ts";
export * from "./free_names.ts";
export * from "./git_blob.ts";
export * from "./module_links.ts";
export * from "./wrap_awaits.ts";
export * from "./without_comments.ts";
