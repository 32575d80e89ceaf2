import type { Connection } from "./connection.ts";
import type { RawRecord } from "./raw_store.ts";
import type { Service } from "./service.ts";

/** What an adapter made of answers. */
export interface Fetched<Rows> {
  readonly rows: Rows;
  /** The answers behind them, in the raw store. */
  readonly records: readonly RawRecord[];
  /** Whether any of them is new; otherwise all had been fetched before and still hold. */
  readonly isNew: boolean;
}

/**
 * An adapter: what can be asked of a service, and rows of what it answers.
 *
 * Each is a request and a pure function from the bytes of an answer to rows, which refuses (SyntaxError) whatever is not
 * as documented; all else, from keys to pauses, is the connection's.
 */
export interface Source<Query, Rows> {
  /** In lower case, as commands call it. */
  readonly name: string;
  readonly service: Service;
  /** @throws {SourceError} If the service gives no answer that can be read. */
  fetch(query: Query, connection: Connection): Promise<Fetched<Rows>>;
}
