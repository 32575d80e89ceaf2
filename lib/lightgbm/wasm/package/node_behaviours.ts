import { test } from "node:test";
import { behaviours } from "./behaviours.ts";
import { compileLightgbmModule } from "./lightgbm_module.ts";

// `npm test`, in the package.
const module = await compileLightgbmModule();
for (const [rule, check] of Object.entries(behaviours)) test(rule, () => check(module));
