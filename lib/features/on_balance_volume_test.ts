import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { onBalanceVolumeChange } from "./on_balance_volume.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const [close, volume] = [talib.bars.close, talib.bars.volume].map((own) => Float64Array.from(own));

Deno.test("onBalanceVolumeChange() is the change of TA-Lib's on-balance volume over the volume", () => {
  const windowDays = 6;
  const values = onBalanceVolumeChange({ close, volume }, { windowDays });
  const balance = talib.golden.on_balance_volume as number[];
  for (let day = windowDays; day < close.length; day++) {
    const traded = volume.subarray(day - windowDays + 1, day + 1).reduce((sum, shares) => sum + shares);
    assertAlmostEqual([values[day]], [(balance[day] - balance[day - windowDays]) / traded]);
  }
});

Deno.test("onBalanceVolumeChange() is 1 where the close always rises, and missing where nothing is traded", () => {
  const rising = Float64Array.of(1, 2, 3);
  assert.equal(onBalanceVolumeChange({ close: rising, volume: Float64Array.of(5, 5, 7) }, { windowDays: 2 })[2], 1);
  assert.equal(onBalanceVolumeChange({ close: rising, volume: new Float64Array(3) }, { windowDays: 2 })[2], NaN);
});
