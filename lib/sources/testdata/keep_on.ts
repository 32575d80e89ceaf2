/** Keeps answers, some of them the same as another writer's, and tells the hash of each, until it is killed. */
import { RawStore } from "../raw_store.ts";

const [folder, seed] = Deno.args;
const store = new RawStore(folder);
for (let count = 0;; count++) {
  const text = (count % 3 === 0 ? `both ${count} ` : `${seed} ${count} `).repeat(2000);
  const record = await store.keep({
    source: "fred",
    url: "https://example.org/a?series=DGS10",
    fetchedAt: new Date(count * 1000 + Number(seed)),
    bytes: new TextEncoder().encode(text),
  });
  console.log(record.hash);
}
