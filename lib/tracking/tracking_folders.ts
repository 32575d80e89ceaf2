import { repositoryPath } from "@lib/core";

/** Where this repository keeps its MLflow store (ignored by git). */
export const mlflowStoreFolder = repositoryPath("experiments", "mlflow");

/** Where records wait while that store's server cannot be reached. */
export const mlflowSpoolFolder = repositoryPath("experiments", "mlflow", "spool");
