// Browsers that do not know `using` have no such symbol; imported before all else, so that classes find it.
(Symbol as { dispose?: symbol }).dispose ??= Symbol("Symbol.dispose");
