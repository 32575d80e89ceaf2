import { repositoryPath } from "@lib/core";

/** Where this repository keeps its MLflow store (ignored by git). */
export const storeFolder = repositoryPath("experiments", "mlflow");

/** Where records wait while that store's server cannot be reached. */
export const spoolFolder = repositoryPath("experiments", "mlflow", "spool");
