import type { Rate } from "./token_bucket.ts";

/** What a request carries besides its address; `parameters` are appended to the address when it is sent. */
export interface RequestExtras {
  parameters?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}

/** What a service wants to know of who asks. */
export interface ServiceKey {
  /** Variable of the environment that holds it. */
  readonly variable: string;
  /** Where a person gets one, for the message when there is none. */
  readonly from: string;
  /** How a request shows it. */
  sign(key: string): RequestExtras;
  /** Whether an answer says that the key is none. Default: 401 and 403 say it. */
  isRefused?(status: number, text: string): boolean;
}

/** A service that answers requests: whose rules hold for all adapters that speak to it. */
export interface Service {
  readonly name: string;
  readonly rate: Rate;
  /** Default: it asks for none. */
  readonly key?: ServiceKey;
}

/** A question to a service, without what is secret: as it is told in messages and in the raw store. */
export interface SourceRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes with the request, and is neither told nor kept. */
  readonly secret?: RequestExtras;
  /** Default GET. */
  readonly method?: "GET" | "POST";
  readonly body?: string;
  /** Whether to go where an answer points. Default `follow`. */
  readonly redirect?: "follow" | "manual";
}
